import type { ChatMessage, ChatRequest, Model } from '@openrouter-native/protocol';
import type { AgentService } from '../services/AgentService.ts';
import { cleanTitle } from './title-text.ts';

/** The question that a conversation begins with, and who answers it. */
export interface TitleRequest {
  userId: string;
  /** Name of a registered provider. */
  provider: string;
  model: string;
  question: string;
  /** Which providers may read the question; who must not see the answer’s prompt must not see the title’s. */
  providerPreferences: ChatRequest['provider'];
}

export interface TitleWriterDependencies {
  agentService: Pick<AgentService, 'run'>;
  /** OpenRouter's model for titles; `null` = the one that answers. */
  titleModel: string | null;
  /** Looks into OpenRouter's catalogue. */
  findListed: (model: string) => Promise<Model | undefined>;
}

/**
 * Has a model name a conversation.
 *
 * @returns `null` when it would have to think first, or wrote none.
 * @throws What the provider throws, and the signal's reason.
 */
export type TitleWriter = (request: TitleRequest, signal: AbortSignal) => Promise<string | null>;

const PROVIDER = 'openrouter';
/** Six words in any language; a model that needs more writes no title. */
const MAX_TOKENS = 40;
/** Far more than the tokens it was given make. */
const MAX_ANSWER_CHARACTERS = 2000;
/** What a long question is about is said early; the rest would cost money for every new conversation. */
const MAX_QUESTION_CHARACTERS = 1000;

const INSTRUCTIONS =
  'You name conversations. Answer with a title of two to six words for the conversation that begins with the message of the user. Use the language of that message. Do not answer the message itself. No quotation marks, no full stop, nothing but the title.';

/** Titles are written without thoughts and with few tokens, so that they cost next to nothing. */
export function createTitleWriter(dependencies: TitleWriterDependencies): TitleWriter {
  const { agentService, titleModel, findListed } = dependencies;
  return async function writeTitle(request, signal) {
    const { userId, question, providerPreferences, ...answering } = request;
    const asked = titleModel === null ? answering : { provider: PROVIDER, model: titleModel };
    const listed = asked.provider === PROVIDER ? await findListed(asked.model) : undefined;
    if (listed?.reasoning?.mandatory) return null;

    const messages: ChatMessage[] = [
      { role: 'user', content: question.slice(0, MAX_QUESTION_CHARACTERS).toWellFormed() },
    ];
    const parameters: Partial<ChatRequest> = {
      max_tokens: MAX_TOKENS,
      ...(providerPreferences && { provider: providerPreferences }),
      ...(thinks(listed) && { reasoning: { effort: 'none' } }),
    };
    const events = agentService.run(
      { ...asked, instructions: INSTRUCTIONS, messages, model_parameters: parameters },
      { signal, user: userId },
    );
    let text = '';
    for await (const event of events) {
      if (event.type === 'text-delta') text += event.text;
      if (text.length > MAX_ANSWER_CHARACTERS) return null; // Not every provider keeps to `max_tokens`.
      if (event.type === 'finish' && event.ending !== 'complete') return null;
    }
    return cleanTitle(text) || null;
  };
}

/** A parameter that a model does not know may cost it all its providers. */
function thinks(model: Model | undefined): boolean {
  if (!model) return false;
  return model.reasoning != null || (model.supported_parameters?.includes('reasoning') ?? false);
}
