import { crc32, deflateSync } from 'node:zlib';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import type { BrowserContext, Page } from 'playwright-core';
import { anAnswerOf, inPieces } from './support/answers.ts';
import {
  accessibilityProblems,
  controlsTooSmallToTouch,
  screens,
  type WatchedPage,
} from './support/browser.ts';
import { createCleanup } from './support/cleanup.ts';
import { openCuttable, type Cuttable } from './support/cuttable.ts';
import { inChromium } from './support/in-chromium.ts';
import { startTestServer } from './support/server.ts';
import { account, answerEnded, ask, chooseModel, createFirstAccount } from './support/visitor.ts';

jest.setTimeout(90_000);

const CHAT = { path: '/chat/completions' };

const EVERYTHING = `Euler: \\(e^{i\\pi} + 1 = 0\\). It costs $5 or $10.

\\[ \\int_0^1 x^2 \\, dx = \\frac{1}{3} \\]

| Store | Reads |
|---|--:|
| Redis | 100,000 |

\`\`\`mermaid
flowchart LR
  A[Browser] --> B[Server]
\`\`\`

\`\`\`ts
const answer: number = 42;
\`\`\`

See ![a chart](https://example.com/pixel.png).
`;

inChromium('a conversation in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('at a %s', (screen) => {
    let simulator: Simulator;
    let way: Cuttable;
    let page: Page;
    let context: BrowserContext;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    const message = () => page.getByRole('textbox', { name: 'Message' });
    const answer = () => page.getByRole('article').last();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const stop = () => page.getByRole('button', { name: 'Stop the answer' });

    beforeAll(async () => {
      simulator = await startSimulator({ tokensPerSecond: 120, firstTokenMs: 0 });
      cleanup.add(() => simulator.close());
      const server = await startTestServer({
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
      });
      cleanup.add(() => server.stop());
      way = await openCuttable(server.url);
      cleanup.add(() => way.close());
      ({ page, complaints } = await openPage(screens[screen]));
      context = page.context();
      cleanup.add(() => context.close());
      await createFirstAccount(page, way.url);
      await chooseModel(page, 'claude haiku 4.5');
    });
    afterAll(() => cleanup.run());

    it('tells while a message is written what it may cost, and calls it an estimate', async () => {
      await message().fill('Why is the sky blue, in a few words?');

      await page.getByText(/^Estimate: \d+ tokens so far · about \$[\d.]+ to \$[\d.]+$/).waitFor();
    });

    it('attaches files, and keeps what cannot be sent from being forgotten', async () => {
      await page.locator('input[type=file]').setInputFiles([
        { name: 'picture.png', mimeType: 'image/png', buffer: aPicture() },
        {
          name: 'notes.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from('Tides come twice a day.'),
        },
        { name: 'noise.bin', mimeType: 'application/x-noise', buffer: Buffer.from([0, 1, 0, 255]) },
      ]);
      await page.getByText('No model takes files of this type.').waitFor();
      complaints.length = 0; // Chromium tells of the refusal as well.

      const send = page.getByRole('button', { name: 'Send', exact: true });
      expect(await send.getAttribute('aria-disabled')).toBe('true');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Remove noise.bin' }).click();
      expect(await send.getAttribute('aria-disabled')).toBe('false');
    });

    it('says before sending what the chosen model cannot take in', async () => {
      await chooseModel(page, 'deepseek v3.2');
      await page.getByText(/cannot take in pictures\./).waitFor();

      await page.getByRole('button', { name: 'Choose another model' }).click();
      await page.getByRole('combobox', { name: 'Search models' }).fill('claude haiku 4.5');
      await page.keyboard.press('Enter');
      await page.getByText(/cannot take in pictures\./).waitFor({ state: 'detached' });
    });

    it('takes what is pasted and dropped', async () => {
      for (const kind of ['paste', 'drop'] as const) {
        await message().evaluate((field, type) => {
          const data = new DataTransfer();
          data.items.add(new File(['abc'], `${type}.txt`, { type: 'text/plain' }));
          const event =
            type === 'paste'
              ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
              : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
          field.dispatchEvent(event);
        }, kind);
        await page.getByRole('button', { name: `Remove ${kind}.txt` }).click();
      }
    });

    it('sends them with the question, which shows them and opens them large', async () => {
      await message().press('Enter');
      await answerEnded(page);

      expect(simulator.requests.at(-1)?.path).toContain('/chat/completions');
      await page.getByRole('button', { name: /notes\.txt.*Download/ }).waitFor();
      const thumbnail = page.getByRole('button', { name: 'Open the picture picture.png' });
      await thumbnail.click();
      const dialog = page.getByRole('dialog', { name: 'picture.png' });
      const download = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Download' }).click();
      expect((await download).suggestedFilename()).toBe('picture.png');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await dialog.waitFor({ state: 'hidden' });
      expect(await focused()).toBe('Open the picture picture.png');
    });

    it('edits a question, which keeps its files, and goes back and forth between the versions', async () => {
      await page.getByRole('button', { name: 'Edit message' }).click();
      await page.keyboard.type(' Briefly.');
      await page.keyboard.press('Enter');
      await page.getByText('2 of 2', { exact: true }).waitFor();
      await answerEnded(page);
      expect(await page.getByRole('button', { name: 'Open the picture picture.png' }).count()).toBe(
        1,
      );

      await page.getByRole('button', { name: 'Previous version' }).press('Enter');
      await page.getByText('1 of 2', { exact: true }).waitFor();
      expect(await focused()).toBe('Previous version');
      await page.getByText('Version 1 of 2 is shown.').waitFor({ state: 'attached' });
    });

    it('draws formulas, tables, code and diagrams, and fetches no picture from elsewhere', async () => {
      simulator.script({ match: CHAT, respond: { events: anAnswerOf(...inPieces(EVERYTHING)) } });
      await ask(page, 'Show everything.');
      await answerEnded(page);

      await answer().locator('.katex').nth(1).waitFor();
      expect(await answer().locator('.katex').count()).toBe(2);
      expect(await answer().textContent()).toContain('It costs $5 or $10.');
      expect(await answer().getByRole('columnheader', { name: 'Reads' }).count()).toBe(1);
      await answer().locator('.hljs-keyword').filter({ hasText: 'const' }).waitFor();
      const diagram = answer().getByRole('img', { name: /^Diagram \(flowchart\)/ });
      await diagram.waitFor({ timeout: 30_000 });
      expect(await diagram.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(
        50,
      );
      await answer().getByRole('button', { name: 'Show source' }).click();
      await answer().getByRole('region', { name: 'Code, mermaid' }).waitFor();
      await answer().getByRole('link', { name: 'Picture: a chart' }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('shows thoughts, pictures and sources of an answer, and opens its receipt', async () => {
      const picture = `data:image/png;base64,${aPicture().toString('base64')}`;
      const citation = { url: 'https://www.example.com/tides', title: 'Tides' };
      simulator.script({
        match: CHAT,
        respond: {
          events: anAnswerOf(
            { reasoning: 'The moon pulls.' },
            { content: 'Twice a day.' },
            { images: [{ type: 'image_url', image_url: { url: picture } }] },
            { annotations: [{ type: 'url_citation', url_citation: citation }] },
          ),
        },
      });
      await ask(page, 'When do tides come?');
      await answerEnded(page);

      const thoughts = answer().getByRole('button', { name: /^Reason/ });
      await thoughts.press('Enter');
      await answer().getByText('The moon pulls.').waitFor();
      await answer()
        .getByRole('button', { name: /^Open the picture/ })
        .waitFor();
      const sources = answer().getByRole('region', { name: 'Sources' });
      expect(await sources.getByRole('link').getAttribute('rel')).toContain('noopener');
      await answer()
        .getByRole('button', { name: /^Receipt: Claude Haiku 4\.5.*\$0\.00412/ })
        .click();
      expect(await answer().locator('dl').textContent()).toMatch(
        /1,200 \(800 cached\).*560.*\$0\.00412.*gen-1700000000-test/s,
      );
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('answers again, and leaves the focus where the next question is written', async () => {
      await answer().getByRole('button', { name: 'Answer again' }).click();
      await answerEnded(page);

      await answer().getByText('2 of 2', { exact: true }).waitFor();
      expect(await focused()).toBe(screen === 'phone' ? 'Conversation' : 'Message');
    });

    it('finds a running answer again after a reload', async () => {
      await ask(page, 'Explain sorting in depth.');
      await answer().locator('.markdown').waitFor();

      await page.reload();
      await stop().waitFor();
      await answerEnded(page);

      expect((await answer().locator('.markdown').innerText()).length).toBeGreaterThan(200);
      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
    });

    it('goes on with an answer after the connection was cut', async () => {
      await ask(page, 'Explain binary search in depth.');
      await answer().locator('.markdown').waitFor();

      way.cut();
      await answerEnded(page);

      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
      const shown = await answer().locator('.markdown').innerText();
      await page.reload();
      await answer().locator('.markdown').waitFor();
      expect(await answer().locator('.markdown').innerText()).toBe(shown); // No word twice, none lost.
    });

    it('says that it is offline, and goes on by itself afterwards', async () => {
      await ask(page, 'Explain linked lists in depth.');
      await answer().locator('.markdown').waitFor();

      await context.setOffline(true);
      way.cut();
      await page
        .getByText(/^The connection is lost/)
        .last()
        .waitFor();
      await context.setOffline(false);
      await answerEnded(page);

      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
      complaints.length = 0; // Chromium tells of every request that found no network.
    });

    it('stops with Escape, at once', async () => {
      await ask(page, 'Explain hash maps in depth.');
      await answer().locator('.markdown').waitFor();

      await page.keyboard.press('Escape');
      await answer().getByText('You stopped this answer.').waitFor();

      await answer().getByRole('button', { name: 'Continue' }).waitFor();
      await answer().getByRole('button', { name: 'Try again' }).waitFor();
    });

    it('shows the tools of an agent, and raises the limit that ended its answer', async () => {
      const id = await createAgent(way.url, { tools: ['calculator'], spending_limit: 0.02 });
      await page.goto(`${way.url}/?agent=${id}`);
      simulator.script({
        match: CHAT,
        toolCalls: [{ name: 'calculator', arguments: { expression: '6 * 7' } }],
      });
      await ask(page, 'What is 6 * 7?');
      await answerEnded(page);

      const card = answer().getByRole('button', { name: /calculator/ });
      expect(await card.textContent()).toMatch(/Done/);
      await card.press('Enter');
      expect(await answer().getByRole('region', { name: 'Result' }).textContent()).toContain('42');
      expect(await accessibilityProblems(page)).toEqual([]);

      await changeAgent(way.url, id, { spending_limit: 0.0000001 });
      await ask(page, 'And at length?');
      const limit = page.getByRole('form', { name: 'Unfinished answer' });
      await limit.getByText(/may not pay for the next call.*/).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await limit.getByRole('spinbutton', { name: 'New limit in US dollars' }).fill('0.5');
      await limit.getByRole('button', { name: 'Raise the limit and continue' }).click();
      await answerEnded(page);
      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });

      await ask(page, 'And in short?');
      await answerEnded(page);
      expect(await limit.count()).toBe(0); // It holds for the conversation.
    });

    if (screen === 'phone') {
      it('has room at 360 pixels, and everything is big enough to touch', async () => {
        await page.setViewportSize({ width: 360, height: screens.phone.height });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        expect(await controlsTooSmallToTouch(page)).toEqual([]);
      });
    }

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
    });
  });
});

/** A picture of 120 by 80 pixels, all grey. */
function aPicture(): Buffer {
  const [width, height] = [120, 80];
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 128)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    aChunk('IHDR', header),
    aChunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(height).fill(row)))),
    aChunk('IEND', Buffer.alloc(0)),
  ]);
}

function aChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

type AgentFields = Record<string, unknown>;

async function createAgent(url: string, fields: AgentFields): Promise<string> {
  const body = { name: 'Counter', provider: 'openrouter', model: 'openai/gpt-5-mini', ...fields };
  const agent = (await request(url, 'POST', '/api/agents', body)) as { id: string };
  return agent.id;
}

async function changeAgent(url: string, id: string, fields: AgentFields): Promise<void> {
  await request(url, 'PATCH', `/api/agents/${id}`, fields);
}

async function request(url: string, method: string, path: string, body: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const { email, password } = account;
  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  const { token } = (await login.json()) as { token: string };
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}
