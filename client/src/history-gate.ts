/** Hears of the browser's back and forward buttons before the router does. */
export interface HistoryGate {
  /**
   * Has one part of the page see each step first; `stopImmediatePropagation` keeps it from the router.
   *
   * @returns Ends it.
   */
  watch: (onStep: (event: PopStateEvent) => void) => () => void;
}

/** Has to be made before the router: on a window, listeners are called in the order in which they came. */
export function createHistoryGate(window: Pick<Window, 'addEventListener'>): HistoryGate {
  let watcher: ((event: PopStateEvent) => void) | null = null;
  window.addEventListener('popstate', (event) => watcher?.(event));
  return {
    watch(onStep) {
      watcher = onStep;
      return () => {
        if (watcher === onStep) watcher = null;
      };
    },
  };
}
