const arithmetic =
  'abs cbrt ceil cube exp expm1 fix floor gcd hypot invmod lcm log log10 log1p log2 mod nthRoot pow round sign sqrt square add subtract multiply divide isPrime';
const chance = 'combinations permutations factorial gamma lgamma erf';
const statistics = 'min max sum prod mean median mode std variance mad';
const angles = 'sin cos tan sec csc cot asin acos atan atan2 sinh cosh tanh asinh acosh atanh';
const complexNumbers = 're im arg conj';
const units = 'to';

/** Functions of mathjs that take numbers and give numbers. Everything else is refused by name. */
export const functionNames: ReadonlySet<string> = new Set(
  [arithmetic, chance, statistics, angles, complexNumbers, units].flatMap((names) =>
    names.split(' '),
  ),
);

/** Kinds of nodes an expression may consist of. Nothing in them can reach an object or call code. */
export const nodeTypes: ReadonlySet<string> = new Set([
  'ConstantNode',
  'SymbolNode',
  'OperatorNode',
  'FunctionNode',
  'ParenthesisNode',
  'ConditionalNode',
  'RelationalNode',
  'ArrayNode',
  'AssignmentNode',
  'BlockNode',
]);
