import { readApiKey, readBaseUrl, readHeaders } from './access-fields.ts';
import { left, needless, type FieldReader, type Finding } from './finding.ts';
import type { OpenRouterEntry } from './find-entries.ts';
import { readModels, readTitleConvo, readTitleModel } from './model-fields.ts';
import { readAddParams, readCustomParams, readDropParams } from './parameter-fields.ts';

/** Says what becomes of every setting of an entry. Nothing is passed over in silence. */
export function carryOver({ fields }: OpenRouterEntry): Finding[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    if (value === null || value === undefined) return [];
    const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
    return read ? read(value, field, fields) : [left(field, 'There is no such setting here.')];
  });
}

const titles = 'Titles are made with a prompt of the server’s own.';
const compression =
  'Long conversations: add the plugin context-compression to the agents that need it.';

/** The settings of LibreChat’s custom endpoints, new and old. */
const readers: Record<string, FieldReader> = {
  name: () => [],
  apiKey: readApiKey,
  baseURL: readBaseUrl,
  headers: readHeaders,
  models: readModels,
  titleConvo: readTitleConvo,
  titleModel: readTitleModel,
  titleMethod: unless((value) => value === 'completion', titles),
  titlePrompt: always(left, titles),
  titlePromptTemplate: always(left, titles),
  titleMessageRole: always(left, titles),
  titleEndpoint: always(left, 'Titles come from OpenRouter; see OPENROUTER_TITLE_MODEL.'),
  titleTiming: unless((value) => value === 'immediate', 'Titles are made beside the first answer.'),
  modelDisplayLabel: unless(isOpenRouterLabel, 'The page calls it OpenRouter.'),
  iconURL: unless(isOpenRouterLabel, 'The page shows its own icon.'),
  summarize: unless(isFalse, compression),
  summaryModel: always(left, compression),
  forcePrompt: unless(isFalse, 'Models get messages, never one text.'),
  directEndpoint: unless(isFalse, 'The address is completed with /chat/completions; a gateway that has no such path cannot be used.'), // prettier-ignore
  addParams: readAddParams,
  dropParams: readDropParams,
  customParams: readCustomParams,
  tokenConfig: always(needless, 'Context sizes and prices come from OpenRouter’s list.'),
  streamRate: always(left, 'Words are shown as they come.'),
};

function always(kind: (field: string, why: string) => Finding, why: string): FieldReader {
  return (_value, field) => [kind(field, why)];
}

/** Left, unless it says what this server does anyway. */
function unless(isDefault: (value: unknown) => boolean, why: string): FieldReader {
  return (value, field) => [
    isDefault(value) ? needless(field, 'It is so here anyway.') : left(field, why),
  ];
}

function isFalse(value: unknown): boolean {
  return value === false;
}

function isOpenRouterLabel(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'openrouter';
}
