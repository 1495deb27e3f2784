import {
  all,
  create,
  type BigNumber,
  type FactoryFunctionMap,
  type MathJsInstance,
  type MathNode,
  type Unit,
} from 'mathjs';
import { functionNames, nodeTypes } from './vocabulary.ts';

const DIGITS = 64; // Enough for any whole number one would want to see in full.
const SHOWN_DIGITS = 20; // of a number that is not whole
const DOUBLE_DIGITS = 14; // All that are sure in a double.

const everything = all as FactoryFunctionMap; // Only a smaller build has less.

/** Exact for whole numbers and decimals, which is what calculators are asked for. */
const exact = create(everything, { number: 'BigNumber', precision: DIGITS });
/** Knows some functions for doubles only, such as `gamma(0.5)`. Made when it is first needed. */
let doubles: MathJsInstance | null = null;

/**
 * Calculates with numbers and units. Not bounded in time: for a worker.
 *
 * @param expression - May hold several lines, with assignments to use further down.
 * @returns The result as text; of several lines, one each.
 * @throws Error that says, for whoever wrote the expression, what is wrong with it.
 */
export function evaluate(expression: string): string {
  try {
    return calculate(asTyped(expression));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error('It is nested too deeply.', { cause: error });
  }
}

function calculate(expression: string): string {
  const tree = exact.parse(expression);
  refuseAllButNumbers(tree);
  try {
    return show(exact, tree.evaluate(new Map<string, unknown>()));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    doubles ??= create(everything, { number: 'number' });
    return show(doubles, doubles.parse(expression).evaluate(new Map<string, unknown>()));
  }
}

/** Signs of print and of programming languages, as they would be typed here. */
function asTyped(expression: string): string {
  return expression
    .replace(/\*\*/g, '^')
    .replace(/[×·⋅]/g, '*')
    .replace(/÷/g, '/')
    .replace(/[−–]/g, '-')
    .replace(/π/g, 'pi');
}

/** @throws Error naming the first thing that is neither a number nor a way to calculate with some. */
function refuseAllButNumbers(tree: MathNode): void {
  const assigned = new Set<string>();
  tree.traverse((node, path, parent) => {
    if (!nodeTypes.has(node.type)) {
      throw new Error(`${nounOf(node)} cannot be calculated with.`);
    }
    if (exact.isConstantNode(node) && typeof (node.value as unknown) === 'string') {
      throw new Error('Text cannot be calculated with.');
    }
    if (exact.isAssignmentNode(node)) {
      if (node.index !== null) throw new Error('Only a name can be assigned to.');
      assigned.add(node.name);
    }
    if (exact.isFunctionNode(node) && !exact.isSymbolNode(node.fn)) {
      throw new Error('Only functions can be called.');
    }
    if (!exact.isSymbolNode(node)) return;
    if (path === 'fn' && exact.isFunctionNode(parent)) {
      if (!functionNames.has(node.name)) throw new Error(`There is no function ${node.name}.`);
    } else if (!assigned.has(node.name) && !isConstant(node.name) && !isUnit(node.name)) {
      throw new Error(`There is no number and no unit named ${node.name}.`);
    }
  });
}

function nounOf(node: MathNode): string {
  return node.type.replace(/Node$/, '');
}

/** `pi`, `e`, `i`, `speedOfLight`, … */
function isConstant(name: string): boolean {
  if (!Object.hasOwn(exact, name)) return false;
  const type = exact.typeOf(exact[name as keyof MathJsInstance]);
  return ['number', 'BigNumber', 'Complex', 'Unit', 'boolean'].includes(type);
}

function isUnit(name: string): boolean {
  return exact.Unit.isValuelessUnit(name);
}

function show(math: MathJsInstance, value: unknown): string {
  if (math.isResultSet(value)) {
    if (value.entries.length === 0)
      throw new Error('It ends with a semicolon, so nothing is shown.');
    return value.entries.map((entry) => show(math, entry)).join('\n');
  }
  if (math.isMatrix(value)) return show(math, value.toArray());
  if (Array.isArray(value)) return `[${value.map((item) => show(math, item)).join(', ')}]`;
  if (math.isBigNumber(value)) return showExact(value);
  if (math.isUnit(value)) return showUnit(math, value);
  if (typeof value === 'function' || typeof value === 'string' || value == null) {
    throw new Error('It has no number as its result.');
  }
  return math.format(value, { precision: DOUBLE_DIGITS });
}

function showExact(value: BigNumber): string {
  if (value.isInteger() && value.precision() <= DIGITS && value.e < DIGITS) return value.toFixed();
  const rounded = value.toSignificantDigits(SHOWN_DIGITS);
  return rounded.e > -9 && rounded.e < SHOWN_DIGITS ? rounded.toFixed() : rounded.toString();
}

function showUnit(math: MathJsInstance, value: Unit): string {
  const precision = math.isBigNumber(value.toJSON().value) ? SHOWN_DIGITS : DOUBLE_DIGITS;
  return value.format({ precision });
}
