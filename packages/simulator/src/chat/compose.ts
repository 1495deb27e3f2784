import { createHash } from 'node:crypto';
import type { Model } from '@openrouter-native/protocol';
import { authorOf } from '../catalogue/catalogue.ts';
import { drawPicture } from '../generate/image.ts';
import { createAnswerWriter, writeAnswer, type Voice } from '../generate/prose.ts';
import { readQuestion, type Question } from '../generate/question.ts';
import { writeReasoning } from '../generate/reasoning.ts';
import { generateValue } from '../generate/schema/value.ts';
import { createRandom, type Random } from '../generate/seed.ts';
import { tokenize } from '../generate/tokens.ts';
import { lastToolResults, writeToolAnswer } from '../generate/tool-answer.ts';
import { chooseToolCalls, scriptToolCalls, type ToolCall } from '../generate/tool-calls.ts';
import type { ScriptedToolCall } from '../script.ts';
import { restOf } from './continuation.ts';
import { effortFor } from './reasoning.ts';
import type { ChatCall } from './request.ts';
import { markCallId, noThoughts } from './seal.ts';
import { limitSteps, type AnswerStep } from './steps.ts';
import { composeThoughts } from './thoughts.ts';

/** What a model makes of a request, before it is counted and priced. */
export interface Composition {
  readonly steps: readonly AnswerStep[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  readonly stoppedBySequence: boolean;
  readonly searches: number;
}

/** What one picture comes to in the answer's tokens, as Gemini counts a small one. */
const IMAGE_TOKENS = 1290;
/** Arguments come in pieces of about this many tokens. */
const TOKENS_PER_ARGUMENT_PIECE = 3;

/**
 * Composes the whole answer: the same request and model always get the same one.
 *
 * @param maxTokens - The endpoint's and the request's limit, whichever is lower.
 * @param scripted - Calls that take the place of the model's own choice.
 * @throws ApiError 400 when reasoning is switched off on a model that must reason.
 */
export function composeAnswer(
  call: ChatCall,
  model: Model,
  maxTokens: number,
  scripted?: readonly ScriptedToolCall[],
): Composition {
  const random = createRandom(`${model.id}\n${call.seed}`);
  const { asked } = call.continuation;
  const question = readQuestion(asked);
  const voice: Voice = { modelName: model.name.replace(/^[^:]+:\s*/, '') };
  const effort = effortFor(model, call.reasoning);

  const thoughts = composeThoughts({
    text: writeReasoning(question, voice, effort, random.fork('reasoning')),
    effort,
    model,
    isHidden: call.reasoning.exclude,
    random: random.fork('signature'),
  });
  const results = lastToolResults(asked);
  const calls = scripted
    ? scriptToolCalls(scripted, call.tools, question, random.fork('tools'))
    : chooseToolCalls(call.tools, question, results.length > 0, random.fork('tools'));
  const { chain } = thoughts;
  const marked = calls.map((made) =>
    chain === noThoughts ? made : { ...made, id: markCallId(made.id, authorOf(model), chain) },
  );
  const body =
    calls.length > 0
      ? { steps: marked.flatMap(toCallSteps), isStopped: false, searches: 0 }
      : composeWords(call, model, question, voice, results, random);

  const limited = limitSteps([...thoughts.steps, ...body.steps], maxTokens);
  const natural = calls.length > 0 ? 'tool_calls' : 'stop';
  return {
    steps: limited.steps,
    finishReason: limited.isCut ? 'length' : natural,
    stoppedBySequence: body.isStopped && !limited.isCut,
    searches: body.searches,
  };
}

function composeWords(
  call: ChatCall,
  model: Model,
  question: Question,
  voice: Voice,
  results: ReturnType<typeof lastToolResults>,
  random: Random,
): { steps: AnswerStep[]; isStopped: boolean; searches: number } {
  const draws = wantsPicture(call, model);
  const full = writeContent(call, question, voice, results, draws, random);
  const rest = restOf(full, call.continuation.begun);
  const text = cutAtStop(rest, call.stop);
  const steps: AnswerStep[] = tokenize(text).map((token) => ({
    type: 'text',
    text: token,
    tokens: 1,
  }));
  if (draws) {
    const url = drawPicture(call.aspectRatio, random.fork('picture'));
    steps.push({ type: 'image', url, tokens: IMAGE_TOKENS });
  }
  if (call.searchesWeb) steps.push(...citeSources(question, text));
  steps.push(...annotateFiles(call, model, question));
  return { steps, isStopped: text !== rest, searches: call.searchesWeb ? 1 : 0 };
}

function writeContent(
  call: ChatCall,
  question: Question,
  voice: Voice,
  results: ReturnType<typeof lastToolResults>,
  draws: boolean,
  random: Random,
): string {
  const own = random.fork('text');
  switch (call.responseFormat.type) {
    case 'json_schema':
      return JSON.stringify(generateValue(call.responseFormat.schema, question, own), null, 2);
    case 'json_object':
      return JSON.stringify(
        { topic: question.topic, keywords: question.keywords, answered_by: voice.modelName },
        null,
        2,
      );
    case 'text':
      if (results.length > 0) return writeToolAnswer(results, question, voice, own);
      if (draws) return createAnswerWriter(question, voice, own).write('picture');
      return writeAnswer(question, voice, own);
    default:
      return call.responseFormat satisfies never;
  }
}

/** A model that can draw does so when asked by `modalities`, and of itself when words ask for it. */
function wantsPicture(call: ChatCall, model: Model): boolean {
  if (!model.architecture?.output_modalities?.includes('image')) return false;
  if (call.outputModalities.length > 0) return call.outputModalities.includes('image');
  const asked = call.turns.findLast(({ role }) => role === 'user')?.text ?? '';
  return /\b(?:draw|paint|picture|image|photo|logo|icon|illustration)\b/i.test(asked);
}

function cutAtStop(text: string, sequences: readonly string[]): string {
  const ends = sequences.map((sequence) => text.indexOf(sequence)).filter((end) => end >= 0);
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}

/** Id and name come first and once, then the arguments piece by piece. */
function toCallSteps(call: ToolCall, index: number): AnswerStep[] {
  const tokens = tokenize(call.argumentsText);
  const pieces: AnswerStep[] = [];
  for (let start = 0; start < tokens.length; start += TOKENS_PER_ARGUMENT_PIECE) {
    const part = tokens.slice(start, start + TOKENS_PER_ARGUMENT_PIECE);
    pieces.push({
      type: 'tool-call',
      index,
      id: null,
      name: null,
      argumentsText: part.join(''),
      tokens: part.length,
    });
  }
  const { id, name } = call;
  return [{ type: 'tool-call', index, id, name, argumentsText: '', tokens: 2 }, ...pieces];
}

/** Where a search would have led; the addresses are reserved for examples. */
function citeSources({ keywords, topic }: Question, text: string): AnswerStep[] {
  const words = keywords.length > 0 ? keywords.slice(0, 2) : [topic];
  return words.map((word, index) => ({
    type: 'annotation',
    tokens: 0,
    annotation: {
      type: 'url_citation',
      url_citation: {
        url: `https://example.com/${encodeURIComponent(word.toLowerCase())}`,
        title: `About ${word}`,
        content: `A page about ${word}, found for “${topic}”.`,
        start_index: 0,
        end_index: Math.min(text.length, (index + 1) * 20),
      },
    },
  }));
}

/** A PDF for a model that reads none itself goes through the file parser, whose result comes back. */
function annotateFiles(call: ChatCall, model: Model, { attachments }: Question): AnswerStep[] {
  if (model.architecture?.input_modalities?.includes('file')) return [];
  const files = attachments.filter(
    ({ kind, mediaType }) => kind === 'file' && mediaType === 'application/pdf',
  );
  return files.map(({ name, bytes }, index) => ({
    type: 'annotation',
    tokens: 0,
    annotation: {
      type: 'file',
      file: {
        hash: createHash('sha256').update(`${call.seed} ${index}`).digest('hex'),
        name: name ?? 'document.pdf',
        content: [{ type: 'text', text: `Parsed text of ${bytes ?? 0} bytes of PDF.` }],
      },
    },
  }));
}
