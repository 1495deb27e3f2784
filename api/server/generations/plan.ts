import { RequestError } from '@openrouter-native/plugin';
import type { Ending, StartGeneration } from '@openrouter-native/protocol';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';
import type { Files } from '../files/files.ts';
import { withPdfEngine, type PdfEngine } from '../files/pdf-engine.ts';
import { toHistory } from '../runs/history/history.ts';
import type { RunRequest } from '../runs/run.ts';
import { findAgent, findModel, type Answerer, type AnswererDependencies } from './answerer.ts';
import { withFirstFiles } from './first-files.ts';
import { createLookup, type LookupDependencies } from './lookup.ts';
import { anAnswer, aQuestion, toPart } from './new-messages.ts';
import type { RecordedAnswer } from './recorder.ts';
import { stillRunning } from './refusals.ts';

/** What is about to happen; nothing is stored yet. */
export interface Plan {
  conversationId: string;
  /** `null` begins one. */
  conversation: StoredConversation | null;
  answerer: Answerer;
  /** `null` when an answer is given again, or goes on. */
  question: { message: StoredMessage; fileIds: readonly string[] } | null;
  /** The answer as it begins. When it goes on, its row exists. */
  answer: StoredMessage;
  isContinued: boolean;
  recorded: RecordedAnswer;
  run: RunRequest;
  /** What the title of a new conversation is made of; empty for a question without words. */
  questionText: string;
}

export interface PlannerDependencies extends AnswererDependencies, LookupDependencies {
  files: Pick<Files, 'references' | 'toRequestParts'>;
  /** Reads PDFs for the model, unless the request says who does; `null` = the provider chooses. */
  pdfEngine: PdfEngine | null;
  /** @throws RequestError when this provider cannot be asked by this user at all. */
  requireProvider: (userId: string, provider: string) => Promise<void>;
  randomId: () => string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Makes plans. @throws RequestError for whatever cannot be done as it is asked for. */
export type Planner = (
  userId: string,
  endpoint: StoredConversation['endpoint'],
  request: StartGeneration,
) => Promise<Plan>;

/** Endings after which a model can go on where it was. */
const UNFINISHED: ReadonlySet<Ending> = new Set<Ending>([
  'cut',
  'stalled',
  'length',
  'stopped',
  'failed',
  'budget',
]);

export function createPlanner(dependencies: PlannerDependencies): Planner {
  const { messages, files, pdfEngine, findListed, requireProvider, randomId, now } = dependencies;
  const lookup = createLookup(dependencies);

  /** Who answers, who can be asked, and what they get. */
  async function prepare(
    userId: string,
    endpoint: StoredConversation['endpoint'],
    request: StartGeneration,
    conversation: StoredConversation | null,
  ): Promise<Answerer> {
    const find = endpoint === 'agents' ? findAgent : findModel;
    const answerer = await find({ userId, request, conversation }, dependencies);
    await requireProvider(userId, answerer.run.provider);
    return answerer;
  }

  async function runOf(
    userId: string,
    answerer: Answerer,
    branch: readonly StoredMessage[],
    resume: RunRequest['resume'],
  ): Promise<RunRequest> {
    const { run, firstFileIds } = answerer;
    const firstFiles = await files.references(userId, firstFileIds);
    const listed = await findListed(run.model);
    const history = await toHistory(withFirstFiles(branch, firstFiles.map(toPart)), {
      models: [run.model, ...(run.modelParameters.models ?? [])],
      draws: listed?.architecture?.output_modalities?.includes('image') ?? false,
      toRequestParts: (references) => files.toRequestParts(userId, references),
    });
    const modelParameters = withPdfEngine(run.modelParameters, history, pdfEngine);
    return { ...run, userId, modelParameters, history, resume };
  }

  async function ask(
    userId: string,
    endpoint: StoredConversation['endpoint'],
    request: StartGeneration,
  ): Promise<Plan> {
    const conversation = await lookup.findConversation(userId, request.conversationId);
    const branch = await lookup.branchBefore(userId, request.parentMessageId, conversation);
    const attached = await files.references(userId, idsOf(request.files));
    const text = request.text ?? '';
    if (text.trim() === '' && attached.length === 0) {
      throw new RequestError('invalid_request', 'text: the question is empty.', {
        action: 'Write something, or attach a file.',
        metadata: { fields: ['text'] },
      });
    }
    const answerer = await prepare(userId, endpoint, request, conversation);
    const conversationId = conversation?.id ?? randomId();
    const at = now();
    const question = aQuestion({
      id: request.messageId ?? randomId(),
      userId,
      conversationId,
      parentId: branch.at(-1)?.id ?? null,
      endpoint,
      text,
      files: attached,
      createdAt: new Date(at),
    });
    const answer = anAnswer(randomId(), question, answerer, new Date(at + 1)); // Lists go by time.
    return {
      conversationId,
      conversation,
      answerer,
      question: { message: question, fileIds: attached.map(({ file_id }) => file_id) },
      answer,
      isContinued: false,
      recorded: aBeginning(answer),
      run: await runOf(userId, answerer, [...branch, question], null),
      questionText: text,
    };
  }

  async function regenerate(
    userId: string,
    endpoint: StoredConversation['endpoint'],
    request: StartGeneration,
  ): Promise<Plan> {
    const question = await lookup.findMessage(
      userId,
      request.parentMessageId,
      request.conversationId,
    );
    if (!question.isCreatedByUser) {
      throw new RequestError('invalid_request', 'parentMessageId: this is no question.', {
        metadata: { fields: ['parentMessageId'] },
      });
    }
    const conversation = await lookup.findConversation(userId, question.conversationId);
    const answerer = await prepare(userId, endpoint, request, conversation);
    const branch = await messages.branch(userId, question.id);
    const answer = anAnswer(randomId(), question, answerer, new Date(now()));
    return {
      conversationId: question.conversationId,
      conversation,
      answerer,
      question: null,
      answer,
      isContinued: false,
      recorded: aBeginning(answer),
      run: await runOf(userId, answerer, branch, null),
      questionText: question.text,
    };
  }

  /** With the model or agent that gave it so far: another one cannot know what it was about to say. */
  async function goOn(userId: string, request: StartGeneration): Promise<Plan> {
    const before = await lookup.findMessage(
      userId,
      request.responseMessageId,
      request.conversationId,
    );
    requireUnfinished(before);
    const conversation = await lookup.findConversation(userId, before.conversationId);
    const answerer = await prepare(
      userId,
      before.endpoint,
      { ...request, model: before.model, agent_id: before.agentId },
      conversation,
    );
    const branch = await messages.branch(userId, before.id);
    const content = before.content.filter(({ type }) => type !== 'error'); // It is being made good.
    const answer = { ...before, content, ending: null, error: null, limit: null };
    return {
      conversationId: before.conversationId,
      conversation,
      answerer,
      question: null,
      answer,
      isContinued: true,
      recorded: {
        messageId: answer.id,
        before: answer,
        firstContentMs: before.firstContentMs,
        durationMs: before.durationMs,
      },
      run: await runOf(userId, answerer, branch.slice(0, -1), {
        content,
        steps: before.steps,
        annotations: before.annotations,
      }),
      questionText: '',
    };
  }

  return function plan(userId, endpoint, request) {
    if (request.isContinued) return goOn(userId, request);
    if (request.isRegenerate) return regenerate(userId, endpoint, request);
    return ask(userId, endpoint, request);
  };
}

function requireUnfinished({ isCreatedByUser, ending }: StoredMessage): void {
  if (isCreatedByUser) {
    throw new RequestError('invalid_request', 'responseMessageId: this is no answer.', {
      metadata: { fields: ['responseMessageId'] },
    });
  }
  if (ending === null) throw stillRunning('This answer');
  if (UNFINISHED.has(ending)) return;
  throw new RequestError('conflict', 'This answer has come to its own end, so it cannot go on.', {
    action: 'Ask something new, or have the question answered once more.',
  });
}

function idsOf(files: StartGeneration['files']): string[] {
  return [...new Set(files?.map(({ file_id }) => file_id))];
}

function aBeginning(answer: StoredMessage): RecordedAnswer {
  return { messageId: answer.id, before: answer, firstContentMs: null, durationMs: null };
}
