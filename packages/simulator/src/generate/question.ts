import type { Attachment } from '../chat/attachment.ts';
import type { Turn } from '../chat/messages.ts';
import { findLanguage, type CodeLanguage } from './code/language.ts';

/** What a reader of the conversation gathers before answering. */
export interface Question {
  /** The last words of the user, as they are. */
  readonly text: string;
  /** What it is about, as a phrase that fits into a sentence: `virtual lists in React`. */
  readonly topic: string;
  /** The telling words, in their order. */
  readonly keywords: readonly string[];
  /** `null` when no code is asked for. */
  readonly codeLanguage: CodeLanguage | null;
  readonly form: 'prose' | 'list' | 'steps' | 'table' | 'title' | 'greeting' | 'introduction';
  readonly length: 'short' | 'medium' | 'long';
  /** How many items are asked for. */
  readonly itemCount: number | null;
  /** The exact words that the answer must consist of. */
  readonly dictated: string | null;
  /** What the question before was about. */
  readonly earlierTopic: string | null;
  /** First sentence of the instructions; `null` without any. */
  readonly instructions: string | null;
  readonly attachments: readonly Attachment[];
}

/** Enough to know what a message is about; what follows is counted, and not read. */
const MAX_READ_CHARACTERS = 8000;
const MAX_TOPIC_WORDS = 9;
const MAX_KEYWORDS = 8;

const STOP_WORDS = new Set(
  `a about after all also an and any are as at be been but by can could do does for from get give had has have
  help hello here how i if in into is it its just like make many may me more most much my need no not of on
  one or our out over please show so some such tell than that the their them then there these they this to
  two up us use using want was we well were what when where which who why will with would write you your
  explain describe create list compare between three four five into answer question words sentence short
  briefly detail example examples code function say reply exactly table essay poem story tips ideas steps
  python javascript typescript java rust golang bash html generate title conversation chat very really`.split(
    /\s+/,
  ),
);

/** What people put before the thing they mean. */
const LEAD =
  /^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:(?:please|kindly|now|ok|okay|so|and)\b[\s,]*)*(?:(?:can|could|would|will) you\b\s*)?(?:please\s+)?(?:(?:tell me|explain(?: to me)?|describe|summari[sz]e|write|draft|compose|create|make|generate|build|show(?: me)?|give(?: me)?|list|compare|define|translate|help me(?: with| to)?|how (?:do|can|would|should) (?:i|we|you)|how (?:does|do|is|are)|what(?:'s| is| are| was| were| does)|why (?:is|are|do|does)|who (?:is|was|are)|when (?:is|was|did)|where (?:is|are)|which|i (?:want|need|would like)(?: you)?(?: to)?(?: know)?)\b\s*)*(?:(?:a|an|the|some|about|of|on|for me|me|short|brief|long|detailed|simple|essay|article|story|poem|haiku|paragraph|summary|overview|picture|image|photo|joke|list)\b\s*)*/i;

const TAIL =
  /[\s,]*(?:(?:in|within|using|with) (?:\d+|one|two|three|four|five|a few|ten) (?:\w+ )?(?:sentences?|words?|points?|bullets?|lines?|paragraphs?|steps?|items?).*|please|briefly|in detail|step by step|(?:as|in) a (?:table|list)|for me|thanks?.*)?[\s?.!:;,…]*$/i;

/** Reads the question out of a conversation. */
export function readQuestion(turns: readonly Turn[]): Question {
  const asked = turns.filter(({ role }) => role === 'user');
  const last = asked.at(-1);
  const text = gist(last?.text ?? '');
  const earlier = asked.at(-2);
  const form = formOf(text);
  const instructions = turns.find(({ role }) => role === 'system' || role === 'developer')?.text;
  return {
    text,
    topic: topicOf(text),
    keywords: keywordsOf(text),
    codeLanguage: form === 'title' ? null : findLanguage(text),
    form,
    length: lengthOf(text),
    itemCount: countOf(text),
    dictated: dictatedWords(text),
    earlierTopic: earlier ? topicOf(gist(earlier.text)) : null,
    instructions: instructions ? firstSentence(gist(instructions)) : null,
    attachments: last?.attachments ?? [],
  };
}

function gist(text: string): string {
  return text.slice(0, MAX_READ_CHARACTERS).trim();
}

/** The thing a question is about, without the words around it. */
function topicOf(text: string): string {
  const sentence = firstSentence(text);
  const core = sentence.replace(LEAD, '').replace(TAIL, '').trim();
  const words = (core === '' ? sentence.replace(TAIL, '') : core).split(/\s+/);
  const topic = words
    .slice(0, MAX_TOPIC_WORDS)
    .join(' ')
    .replaceAll(/[*_`#[\]<>]/g, '');
  if (topic === '') return 'your message';
  // A name keeps its capital, the first word of a sentence does not.
  const isPlainWord = /^[A-Z][a-z]+$/.test(words[0] ?? '') && sentence.startsWith(words[0] ?? '');
  return isPlainWord ? topic.charAt(0).toLowerCase() + topic.slice(1) : topic;
}

function keywordsOf(text: string): string[] {
  const words = text.match(/[\p{L}][\p{L}\p{N}'+#-]{2,}/gu) ?? [];
  const telling = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()));
  const unique = new Map(telling.map((word) => [word.toLowerCase(), word]));
  return [...unique.values()].slice(0, MAX_KEYWORDS);
}

function formOf(text: string): Question['form'] {
  if (/\btitle\b/i.test(text) && /\b(?:conversation|chat|convo)\b/i.test(text)) return 'title';
  if (
    /^\W*(?:hi|hello|hey|good (?:morning|evening|day)|hola|hallo|bonjour|ciao)\b[\s\w]{0,12}[!.?\s]*$/i.test(
      text,
    )
  ) {
    return 'greeting';
  }
  if (/\b(?:who|what) are you\b|\bwhat can you do\b|\b(?:which|what) model\b/i.test(text)) {
    return 'introduction';
  }
  if (/\btable\b|\bcompar(?:e|ison)\b|\b(?:vs\.?|versus)\s/i.test(text)) return 'table';
  if (/\bsteps?\b|\bhow (?:do|can|should|would|to)\b|\brecipe\b|\btutorial\b/i.test(text)) {
    return 'steps';
  }
  if (
    /\blist\b|\bbullets?\b|\bideas?\b|\b(?:pros|advantages|reasons|tips|ways|examples)\b/i.test(
      text,
    )
  ) {
    return 'list';
  }
  return 'prose';
}

function lengthOf(text: string): Question['length'] {
  if (/\bbrief|\bshort|\bone (?:sentence|word|line)|\bconcise|\btl;?dr\b|\bquick/i.test(text)) {
    return 'short';
  }
  return /\bdetail|\bessay|\blong\b|\bthorough|\bin depth\b|\bguide\b/i.test(text)
    ? 'long'
    : 'medium';
}

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];
const MAX_ITEMS = 20;

function countOf(text: string): number | null {
  const match =
    /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){0,2}(?:points?|bullets?|items?|ideas?|reasons?|tips?|ways?|examples?|steps?|things|facts|names)\b/i.exec(
      text,
    );
  const word = match?.[1]?.toLowerCase();
  if (word === undefined) return null;
  const count = NUMBER_WORDS.includes(word) ? NUMBER_WORDS.indexOf(word) : Number(word);
  return count > 0 && count <= MAX_ITEMS ? count : null;
}

/** `Say hi.`, `Reply with exactly "pong"`, `Repeat after me: …`. */
function dictatedWords(text: string): string | null {
  const match =
    /^(?:please\s+)?(?:(?:just\s+)?say|(?:reply|respond|answer)(?:\s+\w+)?\s+with|repeat(?: after me)?|echo|output)(?:\s+(?:exactly|only|just|the words?|this))*\s*:?\s*(.+)$/is.exec(
      text,
    );
  const words = match?.[1]?.trim();
  if (words === undefined || words.length > 2000) return null;
  const quoted = /^["“'`](.+?)["”'`][\s.!]*(?:and nothing else)?[\s.!]*$/s.exec(words);
  if (quoted?.[1] !== undefined) return quoted[1];
  return /\b(?:about|why|how|what|something|anything)\b/i.test(words)
    ? null
    : words.replace(/\s+and nothing else[\s.]*$/i, '').replace(/\.$/, '');
}

function firstSentence(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return /^.{3,}?[.!?](?=\s|$)/s.exec(line)?.[0] ?? line;
}
