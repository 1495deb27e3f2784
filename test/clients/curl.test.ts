import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  aChunk,
  aFailure,
  aModel,
  aThinkingModel,
  aWrongToken,
  startClientHost,
  theEnd,
  type ClientHost,
} from '../support/client-host.ts';
import { payloadsOf } from '../support/outcome.ts';
import { until } from '../support/wait.ts';

/** `curl -N`, as a process of its own. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const inCurl = hasCurl
  ? describe
  : (_title: string, define: () => void) =>
      describe.skip('LEFT OUT, since this machine has no curl', define);

inCurl('curl', () => {
  let host: ClientHost;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    host = await startClientHost();
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  const question = {
    model: aModel,
    messages: [{ role: 'user', content: 'What is the weather in Oslo?' }],
  };
  const weather = {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
      },
    },
  };

  function ask(body: object, apiKey = host.apiKey) {
    const child = spawn(
      'curl',
      // prettier-ignore
      [
        '--silent', '--fail-with-body', '-N', `${host.baseURL}/chat/completions`,
        '-H', `Authorization: Bearer ${apiKey}`, '-H', 'Content-Type: application/json',
        '-d', JSON.stringify(body),
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    running.add(child);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const closed = once(child, 'close').finally(() => running.delete(child));
    return {
      child,
      output: () => output,
      async ends() {
        await closed;
        return { exitCode: child.exitCode, output };
      },
    };
  }

  it('prints a whole answer', async () => {
    const { exitCode, output } = await ask(question).ends();

    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  });

  it('prints each word before upstream has the next', async () => {
    const upstream = host.step();
    const curl = ask({ ...question, stream: true });

    upstream.write(aChunk({ content: 'One' }));
    await until(() => curl.output().includes('"One"'));
    upstream.write(aChunk({ content: 'two' }));
    await until(() => curl.output().includes('"two"'));
    for (const payload of theEnd) upstream.write(payload);
    upstream.end();

    const { exitCode, output } = await curl.ends();
    expect(exitCode).toBe(0);
    expect(payloadsOf(output).at(-1)).toBe('[DONE]');
  });

  it('prints thoughts and tool calls', async () => {
    const { output } = await ask({
      ...question,
      model: aThinkingModel,
      reasoning: { effort: 'low' },
      tools: [weather],
      stream: true,
    }).ends();

    const deltas = payloadsOf(output)
      .slice(0, -1)
      .map((payload) => JSON.parse(payload).choices[0]?.delta);
    expect(deltas.map((delta) => delta?.reasoning ?? '').join('')).toMatch(/\w/);
    const calls = deltas.flatMap((delta) => delta?.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ index: 0, function: { name: 'get_weather' } });
    const json = calls.map((call) => call.function.arguments ?? '').join('');
    expect(JSON.parse(json)).toEqual({ city: expect.any(String) });
  });

  it('stops upstream when it is interrupted', async () => {
    host.step().write(aChunk({ content: 'Once' }));
    const curl = ask({ ...question, stream: true });
    await until(() => curl.output().includes('"Once"'));

    curl.child.kill('SIGINT');

    await until(() => host.lastCall()?.aborted === true);
  });

  it('prints our message and fails, for each status', async () => {
    const refused = await host.refuse(async (model) => {
      const { exitCode, output } = await ask({ ...question, model, stream: true }).ends();
      throw Object.assign(new Error('curl failed'), { exitCode, ...JSON.parse(output) });
    });

    for (const { status, words, error } of refused) {
      expect(error).toMatchObject({ exitCode: 22, error: { code: status, message: words } });
    }
  });

  it('prints our message and fails for a token that is wrong', async () => {
    const { exitCode, output } = await ask(question, aWrongToken).ends();

    expect(exitCode).toBe(22);
    expect(JSON.parse(output)).toMatchObject({
      error: { code: 401, type: 'authentication_error' },
    });
  });

  it('prints an error in mid-stream, after the text so far', async () => {
    host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });

    const { output } = await ask({ ...question, stream: true }).ends();

    const [half = '', failure = '', end] = payloadsOf(output);
    expect(JSON.parse(half)).toMatchObject({ choices: [{ delta: { content: 'Half' } }] });
    expect(JSON.parse(failure)).toMatchObject({
      error: { message: 'The provider is gone', reason: 'provider_error' },
    });
    expect(end).toBe('[DONE]');
  });
});
