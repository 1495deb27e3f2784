import { isObject, listAt, withParameter, type ModelParameters } from './parameters.ts';

/** Searching the web, as the model sees fit. OpenRouter's server tool, which replaced the `web` plugin. */
export interface WebSearch {
  /** `null` = OpenRouter's own number, which is 5. */
  maxResults: number | null;
  /** `null` = anywhere. */
  domains: DomainRule | null;
}

/** Either only these, or all but these; OpenRouter takes one of the two. */
export interface DomainRule {
  type: 'only' | 'except';
  domains: readonly string[];
}

export const WEB_SEARCH = 'openrouter:web_search';
/** Exa's limit, the highest of the engines. */
export const MAX_RESULTS = 25;

/** How PDF files are read where the model cannot do it itself. */
export type PdfEngine = (typeof pdfEngines)[number];
export const pdfEngines = ['native', 'cloudflare-ai', 'mistral-ocr'] as const;
export const FILE_PARSER = 'file-parser';
/** `pdf-text` is what the free engine was called before. */
const OLD_NAMES: Readonly<Record<string, PdfEngine>> = { 'pdf-text': 'cloudflare-ai' };

/** `null` when the web is not searched. */
export function readWebSearch(parameters: ModelParameters): WebSearch | null {
  const tool = listAt(parameters, 'tools').find(({ type }) => type === WEB_SEARCH);
  if (!tool) return null;
  const given = isObject(tool['parameters']) ? tool['parameters'] : {};
  const { max_results: maxResults } = given;
  const only = texts(given['allowed_domains']);
  const except = texts(given['excluded_domains']);
  return {
    maxResults: typeof maxResults === 'number' ? maxResults : null,
    domains: only ? { type: 'only', domains: only } : except && { type: 'except', domains: except },
  };
}

/** Other options of the tool, such as its engine, stay as they are. */
export function writeWebSearch(
  parameters: ModelParameters,
  search: WebSearch | null,
): ModelParameters {
  const tools = listAt(parameters, 'tools');
  const others = tools.filter(({ type }) => type !== WEB_SEARCH);
  if (!search) return withParameter(parameters, 'tools', others);
  const before = tools.find(({ type }) => type === WEB_SEARCH) ?? {};
  const given = isObject(before['parameters']) ? before['parameters'] : {};
  const {
    max_results: _results,
    allowed_domains: _allowed,
    excluded_domains: _excluded,
    ...rest
  } = given;
  const { maxResults, domains } = search;
  const options = {
    ...rest,
    ...(maxResults !== null && { max_results: maxResults }),
    ...(domains &&
      domains.domains.length > 0 && {
        [domains.type === 'only' ? 'allowed_domains' : 'excluded_domains']: domains.domains,
      }),
  };
  const tool = {
    type: WEB_SEARCH,
    ...(Object.keys(options).length > 0 && { parameters: options }),
  };
  return withParameter(parameters, 'tools', [...others, tool]);
}

/** `example.com` of what was typed or pasted, such as an address; `null` when there is none in it. */
export function toDomain(typed: string): string | null {
  const [host = ''] = typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split(/[/?#:]/, 1);
  const isDomain = /^(\*\.)?([\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63}$/u.test(host);
  return isDomain && host.length <= 253 ? host : null;
}

/** `null` when the choice is OpenRouter's. */
export function readPdfEngine(parameters: ModelParameters): PdfEngine | null {
  const plugin = listAt(parameters, 'plugins').find(({ id }) => id === FILE_PARSER);
  const pdf = plugin?.['pdf'];
  const engine = isObject(pdf) ? pdf['engine'] : null;
  if (typeof engine !== 'string') return null;
  return pdfEngines.find((each) => each === engine) ?? OLD_NAMES[engine] ?? null;
}

export function writePdfEngine(
  parameters: ModelParameters,
  engine: PdfEngine | null,
): ModelParameters {
  const others = listAt(parameters, 'plugins').filter(({ id }) => id !== FILE_PARSER);
  const own = engine === null ? [] : [{ id: FILE_PARSER, pdf: { engine } }];
  return withParameter(parameters, 'plugins', [...others, ...own]);
}

function texts(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const found = value.filter((each) => typeof each === 'string');
  return found.length > 0 ? found : null;
}
