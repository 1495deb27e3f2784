import { READY, type DiagramAnswer, type DiagramLook, type DiagramRequest } from './messages.ts';

/** A drawn diagram, to be shown as a picture. Sizes in CSS pixels. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/** The first one loads a megabyte; a drawing that takes longer will not come. */
const LIMIT_MS = 20_000;

/** Longer texts could keep the machine busy for minutes. Characters. */
const MAX_SOURCE = 20_000;

let frame: Promise<Window> | null = null;
let lastId = 0;

/**
 * Has a diagram drawn by a hidden frame that is cut off from everything else.
 *
 * @throws `Error` with what Mermaid says about the text, or that nothing came in time.
 */
export async function drawDiagram(source: string, look: DiagramLook): Promise<Drawing> {
  if (source.length > MAX_SOURCE)
    throw new Error(`A diagram has at most ${MAX_SOURCE} characters.`);
  frame ??= openFrame();
  const target = await frame.catch((cause: unknown) => {
    frame = null;
    throw cause;
  });
  const request: DiagramRequest = { id: (lastId += 1), source, look };
  const answer = await new Promise<DiagramAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error('Drawing took too long.'));
    }, LIMIT_MS);
    function listen({ source: sender, data }: MessageEvent<DiagramAnswer | string>) {
      if (sender !== target || typeof data === 'string' || data.id !== request.id) return;
      stop();
      resolve(data);
    }
    function stop() {
      clearTimeout(timer);
      globalThis.removeEventListener('message', listen);
    }
    globalThis.addEventListener('message', listen);
    target.postMessage(request, '*'); // A sandboxed frame has no origin that could be named.
  });
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

function openFrame(): Promise<Window> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  // Out of sight, but laid out: text is measured in it.
  Object.assign(element.style, {
    position: 'fixed',
    left: '-3000px',
    top: '0',
    width: '1200px',
    height: '900px',
    border: '0',
    visibility: 'hidden',
  });
  element.src = '/diagram.html';
  document.body.append(element);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      globalThis.removeEventListener('message', listen);
      element.remove();
      reject(new Error('What draws diagrams could not be loaded.'));
    }, LIMIT_MS);
    function listen({ source, data }: MessageEvent) {
      if (source !== element.contentWindow || data !== READY || !element.contentWindow) return;
      clearTimeout(timer);
      globalThis.removeEventListener('message', listen);
      resolve(element.contentWindow);
    }
    globalThis.addEventListener('message', listen);
  });
}
