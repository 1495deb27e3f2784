import type { JsonObject } from '../../json.ts';
import type { Question } from '../question.ts';
import type { Random } from '../seed.ts';
import { samplePattern } from './pattern.ts';

/** A text for one property of a schema: what the question offers, bent to fit the keywords. */
export function generateText(
  schema: JsonObject,
  name: string,
  question: Question,
  random: Random,
): string {
  const { pattern, format } = schema;
  if (typeof pattern === 'string') {
    const sampled = samplePattern(pattern, random);
    if (sampled !== null) return sampled;
  }
  const formatted = typeof format === 'string' ? formatText(format, question, random) : null;
  return formatted ?? fit(sayText(name, question, random), schema, random);
}

/** A schema may demand more than anybody wants to read. */
const MAX_LENGTH = 100_000;

/** Fixed in the past, so that a given seed always gives the same day. */
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const HEX = '0123456789abcdef';

function formatText(format: string, question: Question, random: Random): string | null {
  const at = new Date(FIRST_DAY + random.between(0, 364) * DAY_MS + random.between(0, DAY_MS - 1));
  const word = plainWord(question.keywords[0] ?? 'example');
  switch (format) {
    case 'date-time':
      return at.toISOString();
    case 'date':
      return /\d{4}-\d{2}-\d{2}/.exec(question.text)?.[0] ?? at.toISOString().slice(0, 10);
    case 'time':
      return at.toISOString().slice(11);
    case 'duration':
      return `PT${random.between(1, 90)}M`;
    case 'email':
    case 'idn-email':
      return /[\w.+-]+@[\w-]+\.[\w.-]*\w/.exec(question.text)?.[0] ?? `${word}@example.com`;
    case 'uri':
    case 'url':
    case 'iri':
    case 'uri-reference':
      return /https?:\/\/[^\s"'<>)]+/.exec(question.text)?.[0] ?? `https://example.com/${word}`;
    case 'hostname':
      return `${word}.example.com`;
    case 'ipv4':
      return `192.0.2.${random.between(1, 254)}`;
    case 'ipv6':
      return `2001:db8::${random.text(4, HEX)}`;
    case 'uuid':
      return `${random.text(8, HEX)}-${random.text(4, HEX)}-4${random.text(3, HEX)}-a${random.text(3, HEX)}-${random.text(12, HEX)}`;
    default:
      return null;
  }
}

/** What a property of this name would hold, going by the words of the question. */
function sayText(name: string, question: Question, random: Random): string {
  const { text, topic, keywords } = question;
  const names = properNames(text);
  if (
    /^(?:city|location|place|country|town|destination|origin|region|person|name|author)$/i.test(
      name,
    )
  ) {
    return names.length > 0 ? random.pick(names) : (keywords.at(-1) ?? 'Oslo');
  }
  if (/url|link|uri/i.test(name)) return formatText('uri', question, random) ?? '';
  if (/e?mail/i.test(name)) return formatText('email', question, random) ?? '';
  if (/date|day/i.test(name)) return formatText('date', question, random) ?? '';
  if (/expression|formula|equation/i.test(name)) {
    return /[\d(][\d\s.+*/()^-]*[\d)]/.exec(text)?.[0].trim() ?? '1 + 1';
  }
  if (/query|search|topic|subject|title|name|keyword|term/i.test(name)) return topic;
  if (/text|content|message|prompt|question|input|body/i.test(name)) return text || topic;
  if (/language|locale/i.test(name)) return 'en';
  if (/^(?:id|.*_id|.*Id)$/.test(name))
    return `${plainWord(keywords[0] ?? 'item')}-${random.between(1, 999)}`;
  const words = keywords.length > 0 ? keywords : [topic];
  return name === '' ? random.pick(words) : `${random.pick(words)} (${name.replaceAll('_', ' ')})`;
}

/** Capitalised words that do not open a sentence. */
export function properNames(text: string): string[] {
  const found = [...text.matchAll(/(?<=[\p{L}\d,;:]\s+)\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)*/gu)];
  return [...new Set(found.map(([name]) => name))];
}

function fit(text: string, schema: JsonObject, random: Random): string {
  const low = lengthOf(schema, 'minLength', 0);
  const high = lengthOf(schema, 'maxLength', Infinity);
  const signs = Array.from(text).slice(0, high);
  if (signs.length >= Math.min(low, MAX_LENGTH)) return signs.join('');
  return (
    signs.join('') +
    random.text(Math.min(low, MAX_LENGTH) - signs.length, 'abcdefghijklmnopqrstuvwxyz')
  );
}

function lengthOf(schema: JsonObject, keyword: string, fallback: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : fallback;
}

function plainWord(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'example';
}
