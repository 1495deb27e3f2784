import { isObject } from './parameters.ts';

/** What somebody typed into a field for a JSON object. */
export type TypedJson =
  | { type: 'empty' }
  | { type: 'object'; value: Record<string, unknown> }
  /** `line` counts from 1; `null` when the browser does not say where. */
  | { type: 'wrong'; why: 'noJson'; line: number | null }
  | { type: 'wrong'; why: 'noObject' };

/** Reads a JSON object. */
export function parseJsonObject(text: string): TypedJson {
  if (text.trim() === '') return { type: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { type: 'wrong', why: 'noJson', line: lineOf(error, text) };
  }
  return isObject(value) ? { type: 'object', value } : { type: 'wrong', why: 'noObject' };
}

/** As it is shown in a field. */
export function jsonText(value: object): string {
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2);
}

/** Firefox tells the line, Chromium and Node the position. */
function lineOf(error: unknown, text: string): number | null {
  const { message } = error as Error;
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length;
  return /end of/i.test(message) ? text.split('\n').length : null;
}
