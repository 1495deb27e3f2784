import { compile, convert, type HtmlToTextOptions } from 'html-to-text';

/** A page to be read. */
export interface Page {
  html: string;
  /** Where its links start from. */
  url: string;
}

/** What it says. */
export interface PageText {
  /** `''` = it has none. */
  title: string;
  text: string;
}

const MAX_DEPTH = 256; // Honest pages stay below a hundred.
const HEAD_CHARACTERS = 100_000; // A title comes early, or never.

const EMPTY_LINK = /\[\s*\]\([^)\s]{0,2000}\)/g; // Around a picture, mostly.

/** Neither content nor anything one could use in a text. */
const SKIPPED = ['title', 'nav', 'img', 'picture', 'svg', 'video', 'audio', 'canvas', 'iframe', 'template', 'noscript', 'button', 'select', 'input', 'textarea', 'dialog']; // prettier-ignore

function optionsFor(url: string): HtmlToTextOptions {
  return {
    wordwrap: false,
    limits: { maxDepth: MAX_DEPTH, ellipsis: '' },
    selectors: [
      ...SKIPPED.map((selector) => ({ selector, format: 'skip' })),
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector, index) => ({
        selector,
        format: 'markedHeading',
        options: { mark: '#'.repeat(index + 1) },
      })),
      { selector: 'a', format: 'markedLink' },
      { selector: 'table', format: 'block' },
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td', format: 'inlineSurround', options: { suffix: ' | ' } },
      { selector: 'th', format: 'inlineSurround', options: { suffix: ' | ' } },
    ],
    formatters: {
      markedHeading(element, walk, builder, { mark }) {
        builder.openBlock({ leadingLineBreaks: 2 });
        builder.addInline(`${String(mark)} `);
        walk(element.children, builder);
        builder.closeBlock({ trailingLineBreaks: 2 });
      },
      /** As in Markdown; a link inside the page, or to something other than a page, is its text. */
      markedLink(element, walk, builder) {
        const attributes = element.attribs as Record<string, string | undefined>;
        const address = linkAddress(attributes.href, url);
        if (address !== null) builder.addInline('[');
        walk(element.children, builder);
        if (address !== null) builder.addInline(`](${address})`, { noWordTransform: true });
      },
    },
  };
}

const convertTitle = compile({
  wordwrap: false,
  baseElements: { selectors: ['title'], returnDomByDefault: false },
  limits: { maxBaseElements: 1 },
});

/** Turns a page into text a model can read: headings and links as in Markdown. For a worker. */
export function toText({ html, url }: Page): PageText {
  return {
    title: convertTitle(html.slice(0, HEAD_CHARACTERS)).trim(),
    text: trimLines(convert(html, optionsFor(url)).replace(EMPTY_LINK, '')),
  };
}

function trimLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.join('\n').trim();
}

function linkAddress(href: string | undefined, base: string): string | null {
  if (href === undefined || href.startsWith('#')) return null;
  const url = URL.parse(href, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
