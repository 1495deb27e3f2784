import fc from 'fast-check';
import { isNameOf, serverPart, toolName } from './names.ts';

describe('toolName', () => {
  it.each([
    ['echo', 'everything', 'echo_mcp_everything'],
    ['get-sum', 'my-server_2', 'get-sum_mcp_my-server_2'],
    ['a_mcp_b', 'c', 'a_mcp_b_mcp_c'],
  ])('is LibreChat’s for %s of %s', (tool, server, name) => {
    expect(toolName(tool, server)).toBe(name);
  });

  it.each([
    ['weather.get', 'acme', /^weather_get_[0-9a-f]{8}_mcp_acme$/],
    ['x'.repeat(100), 'acme', /^x{46}_[0-9a-f]{8}_mcp_acme$/],
    ['wetter/größe', 'Acme Inc.', /^wetter_gr_e_[0-9a-f]{8}_mcp_Acme_Inc_[0-9a-f]{8}$/],
    ['go', 'a_mcp_b', /^go_mcp_a_mcp-b_[0-9a-f]{8}$/],
    ['go', 'mcp_server', /^go_mcp_mcp-server_[0-9a-f]{8}$/],
    ['go_0123abcd', 'acme', /^go_0123abcd_[0-9a-f]{8}_mcp_acme$/],
    ['日本', 'acme', /^_[0-9a-f]{8}_mcp_acme$/],
  ])('is made fit for %s of %s', (tool, server, pattern) => {
    expect(toolName(tool, server)).toMatch(pattern);
  });

  const aName = fc.oneof(
    fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
    fc.array(fc.constantFrom('mcp', '_', '__', 'a', '-', '.', '0123abcd', 'x'.repeat(30)), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')), // prettier-ignore
  );

  it('is fit for every model, the same every time, and of its server', () => {
    fc.assert(
      fc.property(aName, aName, (tool, server) => {
        const name = toolName(tool, server);
        expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(toolName(tool, server)).toBe(name);
        expect(isNameOf(name, server)).toBe(true);
      }),
    );
  });

  it('never is that of another tool', () => {
    fc.assert(
      fc.property(fc.tuple(aName, aName), fc.tuple(aName, aName), (one, other) => {
        fc.pre(one[0] !== other[0] || one[1] !== other[1]);
        expect(toolName(...one)).not.toBe(toolName(...other));
      }),
      { numRuns: 2000 },
    );
  });

  it('belongs to one server only', () => {
    fc.assert(
      fc.property(aName, aName, aName, (tool, server, other) => {
        fc.pre(server !== other);
        expect(isNameOf(toolName(tool, server), other)).toBe(false);
        expect(serverPart(server)).not.toBe(serverPart(other));
      }),
      { numRuns: 2000 },
    );
  });
});
