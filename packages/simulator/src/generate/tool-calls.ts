import type { FunctionTool, ToolRequest } from '../chat/tools.ts';
import { isObject } from '../json.ts';
import type { ScriptedToolCall } from '../script.ts';
import type { Question } from './question.ts';
import { generateValue } from './schema/value.ts';
import { properNames } from './schema/text-value.ts';
import type { Random } from './seed.ts';

/** One call that the model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}

const MAX_CALLS = 4;
const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Words too common to tell tools apart. */
const COMMON = new Set(
  'get the a an of for to in on by with and or from use this tool function returns return given data value'.split(
    ' ',
  ),
);

/**
 * The calls that fit the question: every tool whose words occur in it, and one tool several times when
 * the question names several things. None when nothing fits, unless the request demands a call.
 */
export function chooseToolCalls(
  tools: ToolRequest,
  question: Question,
  isAnswered: boolean,
  random: Random,
): ToolCall[] {
  const { functions, choice, mayCallSeveral } = tools;
  if (functions.length === 0 || choice === 'none') return [];
  const fitting = findFitting(functions, question, choice);
  // A question that has its results is answered in words, unless another call is demanded.
  if (isAnswered && choice === 'auto') return [];

  const calls = fitting.flatMap((tool) => callTool(tool, question, random));
  const unique = [
    ...new Map(calls.map((call) => [`${call.name} ${call.argumentsText}`, call])).values(),
  ];
  return unique.slice(0, mayCallSeveral ? MAX_CALLS : 1);
}

/** The calls of a script, with ids and, where it names none, arguments. */
export function scriptToolCalls(
  calls: readonly ScriptedToolCall[],
  tools: ToolRequest,
  question: Question,
  random: Random,
): ToolCall[] {
  return calls.map(({ name, arguments: given }, index) => {
    const own = random.fork(`${name} ${index}`);
    const parameters = tools.functions.find((tool) => tool.name === name)?.parameters ?? {};
    const value = given ?? generateValue(parameters, question, own.fork('arguments'));
    const argumentsText = typeof value === 'string' ? value : JSON.stringify(value);
    return { id: createCallId(own), name, argumentsText };
  });
}

function findFitting(
  functions: readonly FunctionTool[],
  question: Question,
  choice: ToolRequest['choice'],
): FunctionTool[] {
  if (typeof choice === 'object') return functions.filter(({ name }) => name === choice.name);
  const words = new Set(stems(question.text));
  const scored = functions
    .map((tool) => ({ tool, score: scoreTool(tool, words, question.text) }))
    .toSorted((one, other) => other.score - one.score);
  const fitting = scored.filter(({ score }) => score > 0).map(({ tool }) => tool);
  if (fitting.length > 0 || choice === 'auto') return fitting;
  return scored.slice(0, 1).map(({ tool }) => tool);
}

/** A word of the name counts for more than one of the description. */
function scoreTool(tool: FunctionTool, words: ReadonlySet<string>, text: string): number {
  const inName = stems(tool.name.replaceAll(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' '));
  const inDescription = stems(tool.description);
  const nameHits = inName.filter((word) => words.has(word)).length;
  const descriptionHits = inDescription.filter((word) => words.has(word)).length;
  const isCalculator = /calc|math|arith|evaluat|comput/i.test(tool.name);
  const hasSum = /\d\s*[-+*/x×÷^]\s*\d/.test(text);
  const exact = text.includes(tool.name) ? 3 : 0;
  const score =
    exact + nameHits * 2 + (descriptionHits >= 2 ? 1 : 0) + (isCalculator && hasSum ? 2 : 0);
  return score;
}

function callTool(tool: FunctionTool, question: Question, random: Random): ToolCall[] {
  const names = properNames(question.text);
  // `the weather in Oslo and Paris` is one call for each, where the tool takes one place.
  const subjects = takesOneSubject(tool) && names.length > 1 ? names : [null];
  return subjects.map((subject, index) => {
    const asked =
      subject === null
        ? question
        : { ...question, text: `for ${subject}`, keywords: [subject], topic: subject };
    const own = random.fork(`${tool.name} ${index}`);
    return {
      id: createCallId(own),
      name: tool.name,
      argumentsText: JSON.stringify(generateValue(tool.parameters, asked, own.fork('arguments'))),
    };
  });
}

function createCallId(random: Random): string {
  return `call_${random.text(24, ALPHANUMERIC)}`;
}

function takesOneSubject({ parameters }: FunctionTool): boolean {
  const properties = isObject(parameters['properties'])
    ? Object.keys(parameters['properties'])
    : [];
  return properties.some((name) =>
    /^(?:city|location|place|country|town|destination|name|person|symbol|ticker)$/i.test(name),
  );
}

/** Words in lower case without their most common endings. */
function stems(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}]{2,}/gu) ?? [];
  return words
    .filter((word) => !COMMON.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|or|e)$/, '') : word));
}
