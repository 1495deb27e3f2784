import mermaid from 'mermaid';
import { READY, type DiagramAnswer, type DiagramLook, type DiagramRequest } from './messages.ts';

/*
 * The page of diagram.html, which nobody sees. It is sandboxed: no cookies, no token, no requests, and it
 * may set styles, which the page itself may not. What it draws goes back as text and is shown as a picture.
 */

/** A picture cannot use the fonts of the page. */
const FONT = 'ui-sans-serif, system-ui, sans-serif';

globalThis.addEventListener('message', ({ source, data }: MessageEvent<DiagramRequest>) => {
  if (source === globalThis.parent)
    void draw(data).then((answer) => parent.postMessage(answer, '*'));
});
parent.postMessage(READY, '*');

async function draw({ id, source, look }: DiagramRequest): Promise<DiagramAnswer> {
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      htmlLabels: false, // A picture shows text of SVG in every browser, and HTML in few.
      flowchart: { htmlLabels: false },
      fontFamily: FONT,
      theme: 'base',
      themeVariables: variables(look),
    });
    const { svg } = await mermaid.render(`diagram-${id}`, source);
    return { id, ...sized(svg) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  } finally {
    for (const left of document.body.querySelectorAll(`[id$="diagram-${id}"]`)) left.remove();
  }
}

/** A picture needs a size of its own; diagrams come as wide as whatever is around them. */
function sized(text: string): { svg: string; width: number; height: number } {
  const svg = new DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  const box =
    svg
      ?.getAttribute('viewBox')
      ?.split(/[\s,]+/)
      .map(Number) ?? [];
  const [, , width = 0, height = 0] = box;
  if (!svg || !(width > 0) || !(height > 0)) throw new Error('The diagram has no size.');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.style.maxWidth = '';
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}

function variables(look: DiagramLook) {
  return {
    darkMode: look.isDark,
    fontFamily: FONT,
    fontSize: '14px',
    background: look.canvas,
    mainBkg: look.surface,
    primaryColor: look.surface,
    primaryTextColor: look.ink,
    primaryBorderColor: look.line,
    secondaryColor: look.accentSoft,
    secondaryTextColor: look.ink,
    secondaryBorderColor: look.line,
    tertiaryColor: look.sunken,
    tertiaryTextColor: look.ink,
    tertiaryBorderColor: look.line,
    textColor: look.ink,
    titleColor: look.ink,
    lineColor: look.inkSoft,
    edgeLabelBackground: look.canvas,
    clusterBkg: look.sunken,
    clusterBorder: look.line,
    noteBkgColor: look.accentSoft,
    noteTextColor: look.ink,
    noteBorderColor: look.line,
  };
}
