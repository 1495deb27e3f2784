import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MarkdownText } from './MarkdownText.tsx';

afterEach(cleanup);

async function show(text: string) {
  const view = render(<MarkdownText text={text} isStreaming={false} />);
  // Until the parser has been loaded, the text is shown as it was written.
  await waitFor(() => expect(view.container.querySelector('.markdown-block')).not.toBeNull(), {
    timeout: 10_000, // Loading it takes its time on a busy machine.
  });
  return view;
}

it('draws headings of any level as one, below that of the turn', async () => {
  await show('# One\n\n##### Two\n\nEnd.');

  expect(
    screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent),
  ).toEqual(['One', 'Two']);
});

it('draws a long table as one, though its rows are parsed in groups', async () => {
  const rows = Array.from({ length: 100 }, (_, index) => `| **r${index}** | ${index} |`);
  await show(`| Name | Count |\n|---|--:|\n${rows.join('\n')}\n\nEnd.`);

  const table = within(screen.getByRole('region', { name: 'Table' })).getByRole('table');
  expect(within(table).getAllByRole('columnheader')).toHaveLength(2);
  expect(within(table).getAllByRole('row')).toHaveLength(101);
  expect(within(table).getByText('r99').tagName).toBe('STRONG');
});

it('opens links elsewhere, without telling where from, and shows pictures as links', async () => {
  const { container } = await show(
    '[docs](https://example.com) ![chart](https://example.com/c.png)\n\nEnd.',
  );

  for (const link of screen.getAllByRole('link')) {
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  }
  expect(screen.getByRole('link', { name: 'Picture: chart' })).toBeTruthy();
  expect(container.querySelector('img')).toBeNull();
});

it('takes no address that would run something', async () => {
  await show('[press](javascript:alert(1)) <b onclick="x()">raw</b>\n\nEnd.');

  expect(screen.queryByRole('link', { name: 'press' })?.getAttribute('href') ?? '').toBe('');
  expect(document.querySelector('b')).toBeNull();
});

it('knows links that another block defines', async () => {
  await show('See [it][docs].\n\nEnd.\n\n[docs]: https://example.com/docs');

  expect(screen.getByRole('link', { name: 'it' }).getAttribute('href')).toBe(
    'https://example.com/docs',
  );
});

it('leads from a mark to its footnote and back, also where other blocks are between', async () => {
  const scrolledTo: Element[] = [];
  Element.prototype.scrollIntoView = function scroll(this: Element) {
    scrolledTo.push(this);
  };
  const { container } = await show(
    'One[^1], two[^Long], and once more[^1]. Not `[^1]`, and not [^none].\n\n| a |\n|---|\n| cell[^1] |\n\n[^1]: The **first** note.\n\n    Its second paragraph.\n[^long]: The other.\n\nEnd.',
  );
  const note = screen.getByRole('note', { name: 'Footnote 1' });
  expect(note.textContent).toContain('The first note.');
  expect(note.textContent).toContain('Its second paragraph.');
  expect(container.textContent).toContain('Not [^1], and not [^none].');
  const marks = screen.getAllByRole('link', { name: 'Footnote 1' });
  expect(marks).toHaveLength(3);

  await userEvent.click(marks[1] as HTMLElement);
  expect(document.activeElement).toBe(note);
  await userEvent.click(within(note).getByRole('link', { name: /^Back to/ }));

  expect(document.activeElement).toBe(marks[0]);
  expect(scrolledTo).toEqual([note, marks[0]]);
  await userEvent.click(screen.getByRole('link', { name: 'Footnote Long' }));
  expect(document.activeElement?.textContent).toContain('The other.');
});

it('does not mix up the footnotes of two answers', async () => {
  Element.prototype.scrollIntoView = () => undefined;
  await show('One[^1].\n\n[^1]: Of the first.\n');
  const { container } = await show('Two[^1].\n\n[^1]: Of the second.\n');

  await userEvent.click(within(container).getByRole('link', { name: 'Footnote 1' }));

  expect(document.activeElement?.textContent).toContain('Of the second.');
});

it('goes on with the numbers of a list that is cut', async () => {
  const items = Array.from({ length: 60 }, (_, index) => `${index + 1}. ${'words '.repeat(12)}`);
  const { container } = await show(`${items.join('\n')}\n\nEnd.`);

  const lists = [...container.querySelectorAll('ol')];
  expect(lists.length).toBeGreaterThan(1);
  let next = 1;
  for (const list of lists) {
    expect(list.start).toBe(next);
    next += list.children.length;
  }
  expect(next).toBe(61);
});

it('copies code as it was written, and wraps it when asked to', async () => {
  const user = userEvent.setup();
  await show('```ts\nconst a = 1;\n\nconst b = 2;\n```\n\nEnd.');
  const code = screen.getByRole('region', { name: 'Code, ts' });
  expect(code.textContent).toBe('const a = 1;\n\nconst b = 2;\n');

  await user.click(screen.getByRole('button', { name: 'Copy code' }));
  await user.click(screen.getByRole('button', { name: 'Wrap long lines' }));

  expect(await navigator.clipboard.readText()).toBe('const a = 1;\n\nconst b = 2;');
  expect(screen.getByRole('button', { name: 'Wrap long lines' }).ariaPressed).toBe('true');
});

it('looks the same at the end, in whichever pieces it came', async () => {
  const text =
    'Intro **bold**\n\n- a\n- b\n\n  more\n\n```js\nlet x;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.';
  const { container: whole } = await show(text);
  const grown = render(<MarkdownText text="" isStreaming />);
  for (let length = 1; length < text.length; length += 3) {
    grown.rerender(<MarkdownText text={text.slice(0, length)} isStreaming />);
  }

  grown.rerender(<MarkdownText text={text} isStreaming={false} />);

  expect(grown.container.innerHTML).toBe(whole.innerHTML);
});
