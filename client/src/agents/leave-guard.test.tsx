import { waitFor } from '@testing-library/react';
import { createHistoryGate } from '../history-gate.ts';
import { guardLeaving } from './leave-guard.ts';

const gate = createHistoryGate(window);

let end = () => {};
let seen: number[] = [];
const note = () => void seen.push((history.state as { idx: number }).idx);

beforeEach(() => {
  seen = [];
  history.pushState({ idx: 1 }, '', '/agents');
  history.pushState({ idx: 2 }, '', '/agents/agent_1');
  window.addEventListener('popstate', note); // As the router does, after the gate.
});

afterEach(() => {
  end();
  window.removeEventListener('popstate', note);
  document.body.innerHTML = '';
});

function guard({ isDirty = true } = {}) {
  const asked: (() => void)[] = [];
  const gone: string[] = [];
  end = guardLeaving({
    window,
    historyGate: gate,
    isDirty: () => isDirty,
    onLeave: (leave) => void asked.push(leave),
    navigate: (path) => void gone.push(path),
  });
  return { asked, gone };
}

function click(html: string, init: MouseEventInit = {}): boolean {
  document.body.innerHTML = html;
  const target = document.body.querySelector('a span') ?? document.body.querySelector('a');
  return (
    target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init })) ??
    false
  );
}

it('asks before a link to another page is followed, and follows it then', () => {
  const { asked, gone } = guard();

  expect(click('<a href="/?agent=a#b"><span>Chat</span></a>')).toBe(false);
  expect([asked.length, gone]).toEqual([1, []]);
  asked[0]?.();

  expect(gone).toEqual(['/?agent=a#b']);
});

it.each([
  ['<a href="#agent-form">Skip</a>', {}],
  ['<a href="https://example.com/">Elsewhere</a>', {}],
  ['<a href="/agents" target="_blank">Another tab</a>', {}],
  ['<a href="/agents">Another tab</a>', { ctrlKey: true }],
  ['<a>No link</a>', {}],
])('lets %s be', (html, init) => {
  const { asked } = guard();
  document.addEventListener('click', stop, { once: true });

  click(html, init);

  expect(asked).toEqual([]);
});

it('lets everything be while nothing would be lost', async () => {
  const { asked } = guard({ isDirty: false });
  document.addEventListener('click', stop, { once: true });

  click('<a href="/agents">Agents</a>');
  history.back();
  await waitFor(() => expect(seen).toEqual([1]));

  expect(asked).toEqual([]);
});

it('goes back to the page when the Back button left it, and only then asks', async () => {
  const { asked } = guard();

  history.back();
  await waitFor(() => expect(asked).toHaveLength(1));
  await waitFor(() => expect(location.pathname).toBe('/agents/agent_1'));
  asked[0]?.();
  await waitFor(() => expect(location.pathname).toBe('/agents'));

  expect(seen).toEqual([1]); // Of the steps before, the router has not heard.
});

it('has the browser ask before the tab is closed', () => {
  guard();
  const event = new Event('beforeunload', { cancelable: true });

  window.dispatchEvent(event);

  expect(event.defaultPrevented).toBe(true);
});

/** jsdom follows no links, and complains when it is asked to. */
function stop(event: Event): void {
  event.preventDefault();
}
