/** What asks how large things are and jsdom lacks; here everything has no size, and none changes. */
export function withoutLayout(): void {
  globalThis.matchMedia = ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: ignore,
    removeEventListener: ignore,
  })) as unknown as typeof matchMedia;
  globalThis.ResizeObserver = class {
    observe = ignore;
    unobserve = ignore;
    disconnect = ignore;
  };
  Element.prototype.scrollIntoView = ignore;
}

function ignore(): void {}
