import type { HistoryGate } from '../history-gate.ts';

/** What a guard watches and asks. */
export interface LeaveGuardOptions {
  window: Window;
  historyGate: HistoryGate;
  /** Whether something would be lost. */
  isDirty: () => boolean;
  /** Somebody wants to leave; `leave` does it, whenever it is called. */
  onLeave: (leave: () => void) => void;
  /** Goes to a page of this app. */
  navigate: (path: string) => void;
}

/**
 * Asks before a page with unsaved work is left: by a link, with the browser's own buttons, or by closing
 * the tab.
 *
 * @returns Ends it.
 */
export function guardLeaving(options: LeaveGuardOptions): () => void {
  const { window, historyGate, isDirty, onLeave, navigate } = options;
  const { document, history, location } = window;
  const place = placeOf(history);
  /** Steps that this guard itself takes, back to the page. */
  let ownSteps = 0;

  function onClick(event: MouseEvent): void {
    const link = linkOf(event);
    if (!link || !isDirty()) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname === location.pathname) return;
    event.preventDefault();
    event.stopPropagation(); // The router would follow it.
    onLeave(() => navigate(`${to.pathname}${to.search}${to.hash}`));
  }

  function onStep(event: PopStateEvent): void {
    const next = placeOf(history);
    if (ownSteps > 0) {
      ownSteps -= 1;
      event.stopImmediatePropagation();
      return;
    }
    // An entry without a place is a part of this page.
    if (place === null || next === null || next === place || !isDirty()) return;
    const steps = next - place;
    event.stopImmediatePropagation();
    ownSteps += 1;
    history.go(-steps);
    onLeave(() => {
      unwatch();
      history.go(steps);
    });
  }

  function onUnload(event: BeforeUnloadEvent): void {
    if (isDirty()) event.preventDefault(); // The browser asks in its own words.
  }

  const unwatch = historyGate.watch(onStep);
  document.addEventListener('click', onClick, { capture: true });
  window.addEventListener('beforeunload', onUnload);
  return () => {
    unwatch();
    document.removeEventListener('click', onClick, { capture: true });
    window.removeEventListener('beforeunload', onUnload);
  };
}

/** A link that leads to another page in this tab. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  if (!(target instanceof Element)) return null;
  const link = target.closest('a');
  const isHere = link?.href && (link.target === '' || link.target === '_self') && !link.download;
  return isHere ? link : null;
}

/** Where the router counts this entry of the history; `null` where it does not. */
function placeOf({ state }: History): number | null {
  const place: unknown = (state as { idx?: unknown } | null)?.idx;
  return typeof place === 'number' ? place : null;
}
