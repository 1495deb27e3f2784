import { readPages } from '../docs/markdown.ts';
import { aChunk, startClientHost, type ClientHost } from '../support/client-host.ts';
import { installAside } from '../support/install-aside.ts';
import { runProgram, type PageProgram } from '../support/page-program.ts';
import { sentWith } from '../support/upstream-calls.ts';
import { until } from '../support/wait.ts';

/**
 * LibreChat's agents library, running the program of its guide. Only with `npm run
 * test:librechat-agents`: it is large, and its installation would report itself.
 */
const isWanted = process.env['TEST_LIBRECHAT_AGENTS'] === '1';
const describeIt = isWanted
  ? describe
  : (_title: string, define: () => void) =>
      describe.skip('LEFT OUT: npm run test:librechat-agents installs it and runs these', define);

const manifest = {
  private: true,
  dependencies: { '@librechat/agents': '3.9.2' },
  overrides: {
    '@opentelemetry/exporter-trace-otlp-http': '0.220.0',
    '@langchain/core': '1.2.8',
  },
};
const INSTALL_LIMIT_MS = 600_000;
const guide = 'docs/guides/clients/librechat-agents.md';
const finish = (reason: string) => [aChunk({ content: '' }, { finish_reason: reason }), '[DONE]'];

describeIt('@librechat/agents', () => {
  let host: ClientHost;
  let folder: string;
  const page = readPages().find(({ path }) => path === guide);
  beforeAll(async () => {
    folder = await installAside('librechat-agents', manifest);
    host = await startClientHost();
  }, INSTALL_LIMIT_MS);

  function run(): PageProgram {
    const program = page?.fences.find(({ language }) => language === 'js');
    if (!program) throw new Error(`${guide} has no program`);
    return runProgram(program, folder, host);
  }

  it('is installed by its guide as it is here', () => {
    const install = page?.fences[0]?.text ?? '';

    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(install).toContain(`npm install --ignore-scripts ${name}@${version}`);
    }
    for (const [name, version] of Object.entries(manifest.overrides)) {
      expect(install).toContain(`npm pkg set 'overrides.${name}=${version}'`);
    }
  });

  it('shows thoughts before upstream has the call of a tool, runs it, and answers', async () => {
    const upstream = host.step();
    const program = run();
    const detail = { type: 'reasoning.text', index: 0, text: 'Oslo is in Norway.' };

    upstream.write(aChunk({ reasoning: detail.text, reasoning_details: [detail] }));
    await until(() => program.output().includes(detail.text), 30_000);
    const call = { name: 'get_weather', arguments: '{"city":"Oslo"}' };
    upstream.write(aChunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }] })); // prettier-ignore
    for (const payload of finish('tool_calls')) upstream.write(payload);
    upstream.end();

    expect({ exitCode: await program.ends(), output: program.output() }).toEqual({
      exitCode: 0,
      output: expect.stringContaining("output: 'It is -7 °C in Oslo.'"),
    });
    const { messages } = sentWith(host.lastCall());
    expect(messages.at(-1)).toMatchObject({ role: 'tool', tool_call_id: 'call_1' });
    expect(messages.at(-2)).toMatchObject({ reasoning_details: [{ text: detail.text }] });
  });

  it('stops upstream when it is stopped', async () => {
    host.step().write(aChunk({ content: 'Once' }));
    const program = run();
    await until(() => program.output().includes('Once'), 30_000);

    program.process.kill('SIGINT');

    await until(() => host.lastCall()?.aborted === true);
  });

  it('throws an error of OpenAI’s client with our message', async () => {
    host.bend({ respond: { status: 402, body: { error: { code: 402, message: 'No money.' } } } });
    const program = run();

    expect(await program.ends()).not.toBe(0);
    expect(program.output()).toMatch(/Error: 402 No money\./);
    expect(program.output()).toContain("reason: 'insufficient_credits'");
  });
});
