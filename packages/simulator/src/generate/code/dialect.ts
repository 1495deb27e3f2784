import type { Goal } from './program.ts';

/** The kinds of value a function returns. */
export type ResultKind = 'list' | 'counts' | 'number' | 'text';

export const RESULT_KINDS: Readonly<Record<Goal, ResultKind>> = {
  unique: 'list',
  filter: 'list',
  reverse: 'list',
  count: 'counts',
  total: 'number',
  longest: 'text',
};

/** How one language says what a {@link Program} needs. Every entry is one line of code. */
export interface Dialect {
  readonly casing: 'snake' | 'camel' | 'pascal';
  readonly open: (name: string, list: string, kind: ResultKind) => string;
  /** Ends a function, loop or condition; `null` where indentation does. */
  readonly close: string | null;
  readonly comment: (text: string) => string;
  readonly start: (kind: ResultKind) => string;
  readonly loop: (item: string, list: string) => string;
  readonly skipEmpty: (item: string) => readonly string[];
  /** The line, and what the element is called from then on. */
  readonly lowerCase: (item: string) => readonly [line: string, item: string];
  /** What stands above the function; looks at what the function uses. */
  readonly header: (body: string) => readonly string[];
  readonly step: (goal: Goal, item: string, minLength: number) => readonly string[];
  readonly finish: string;
}

const SCRIPT_START = { list: '[]', counts: 'new Map()', number: '0', text: "''" };
const SCRIPT_TYPES = {
  list: 'string[]',
  counts: 'Map<string, number>',
  number: 'number',
  text: 'string',
};

/** JavaScript and TypeScript differ in their annotations alone. */
function scriptDialect(typed: boolean): Dialect {
  return {
    casing: 'camel',
    open: (name, list, kind) =>
      typed
        ? `export function ${name}(${list}: readonly string[]): ${SCRIPT_TYPES[kind]} {`
        : `export function ${name}(${list}) {`,
    close: '}',
    comment: (text) => `// ${text}`,
    start: (kind) => {
      const word = kind === 'list' || kind === 'counts' ? 'const' : 'let';
      return `${word} result${typed ? `: ${SCRIPT_TYPES[kind]}` : ''} = ${SCRIPT_START[kind]};`;
    },
    loop: (item, list) => `for (let ${item} of ${list}) {`,
    skipEmpty: (item) => [`if (${item} === '') continue;`],
    lowerCase: (item) => [`${item} = ${item}.toLowerCase();`, item],
    header: () => [],
    step: (goal, item, minLength) => {
      switch (goal) {
        case 'unique':
          return [`if (!result.includes(${item})) result.push(${item});`];
        case 'filter':
          return [`if (${item}.length >= ${minLength}) result.push(${item});`];
        case 'reverse':
          return [`result.unshift(${item});`];
        case 'count':
          return [`result.set(${item}, (result.get(${item}) ?? 0) + 1);`];
        case 'total':
          return [`result += ${item}.length;`];
        case 'longest':
          return [`if (${item}.length > result.length) result = ${item};`];
        default:
          return goal satisfies never;
      }
    },
    finish: 'return result;',
  };
}

const python: Dialect = {
  casing: 'snake',
  open: (name, list, kind) => {
    const types = { list: 'list[str]', counts: 'dict[str, int]', number: 'int', text: 'str' };
    return `def ${name}(${list}: list[str]) -> ${types[kind]}:`;
  },
  close: null,
  comment: (text) => `# ${text}`,
  start: (kind) => `result = ${{ list: '[]', counts: '{}', number: '0', text: '""' }[kind]}`,
  loop: (item, list) => `for ${item} in ${list}:`,
  skipEmpty: (item) => [`if not ${item}:`, '    continue'],
  lowerCase: (item) => [`${item} = ${item}.lower()`, item],
  header: () => [],
  step: (goal, item, minLength) => {
    switch (goal) {
      case 'unique':
        return [`if ${item} not in result:`, `    result.append(${item})`];
      case 'filter':
        return [`if len(${item}) >= ${minLength}:`, `    result.append(${item})`];
      case 'reverse':
        return [`result.insert(0, ${item})`];
      case 'count':
        return [`result[${item}] = result.get(${item}, 0) + 1`];
      case 'total':
        return [`result += len(${item})`];
      case 'longest':
        return [`if len(${item}) > len(result):`, `    result = ${item}`];
      default:
        return goal satisfies never;
    }
  },
  finish: 'return result',
};

const go: Dialect = {
  casing: 'pascal',
  open: (name, list, kind) => {
    const types = { list: '[]string', counts: 'map[string]int', number: 'int', text: 'string' };
    return `func ${name}(${list} []string) ${types[kind]} {`;
  },
  close: '}',
  comment: (text) => `// ${text}`,
  start: (kind) =>
    `result := ${{ list: '[]string{}', counts: 'map[string]int{}', number: '0', text: '""' }[kind]}`,
  loop: (item, list) => `for _, ${item} := range ${list} {`,
  skipEmpty: (item) => [`if ${item} == "" {`, '    continue', '}'],
  lowerCase: (item) => [`${item} = strings.ToLower(${item})`, item],
  header: (body) => {
    const used = ['slices', 'strings'].filter((library) => body.includes(`${library}.`));
    return ['package main', '', ...used.map((library) => `import "${library}"`)];
  },
  step: (goal, item, minLength) => {
    switch (goal) {
      case 'unique':
        return [
          `if !slices.Contains(result, ${item}) {`,
          `    result = append(result, ${item})`,
          '}',
        ];
      case 'filter':
        return [`if len(${item}) >= ${minLength} {`, `    result = append(result, ${item})`, '}'];
      case 'reverse':
        return [`result = append([]string{${item}}, result...)`];
      case 'count':
        return [`result[${item}]++`];
      case 'total':
        return [`result += len(${item})`];
      case 'longest':
        return [`if len(${item}) > len(result) {`, `    result = ${item}`, '}'];
      default:
        return goal satisfies never;
    }
  },
  finish: 'return result',
};

const rust: Dialect = {
  casing: 'snake',
  open: (name, list, kind) => {
    const types = {
      list: 'Vec<String>',
      counts: 'std::collections::HashMap<String, usize>',
      number: 'usize',
      text: 'String',
    };
    return `pub fn ${name}(${list}: &[String]) -> ${types[kind]} {`;
  },
  close: '}',
  comment: (text) => `// ${text}`,
  start: (kind) => {
    const values = {
      list: 'Vec::new()',
      counts: 'std::collections::HashMap::new()',
      number: '0',
      text: 'String::new()',
    };
    return `let mut result = ${values[kind]};`;
  },
  loop: (item, list) => `for ${item} in ${list}.iter().cloned() {`,
  skipEmpty: (item) => [`if ${item}.is_empty() {`, '    continue;', '}'],
  lowerCase: (item) => [`let ${item} = ${item}.to_lowercase();`, item],
  header: () => [],
  step: (goal, item, minLength) => {
    switch (goal) {
      case 'unique':
        return [`if !result.contains(&${item}) {`, `    result.push(${item});`, '}'];
      case 'filter':
        return [`if ${item}.len() >= ${minLength} {`, `    result.push(${item});`, '}'];
      case 'reverse':
        return [`result.insert(0, ${item});`];
      case 'count':
        return [`*result.entry(${item}).or_insert(0) += 1;`];
      case 'total':
        return [`result += ${item}.len();`];
      case 'longest':
        return [`if ${item}.len() > result.len() {`, `    result = ${item};`, '}'];
      default:
        return goal satisfies never;
    }
  },
  finish: 'result',
};

/** Java and C# share their shape, and differ in the names of the library. */
function classDialect(names: {
  types: Readonly<Record<ResultKind, string>>;
  input: string;
  casing: 'camel' | 'pascal';
  loop: (item: string, list: string) => string;
  size: string;
  calls: Readonly<Record<'isEmpty' | 'lower' | 'contains' | 'add' | 'insert', string>>;
  count: (item: string) => string;
  header: string;
}): Dialect {
  const { types, input, casing, loop, size, calls, count, header } = names;
  return {
    casing,
    open: (name, list, kind) => `public static ${types[kind]} ${name}(${input} ${list}) {`,
    close: '}',
    comment: (text) => `// ${text}`,
    start: (kind) => {
      if (kind === 'number') return 'var result = 0;';
      if (kind === 'text') return 'var result = "";';
      const concrete = types[kind].replace(/^(?:List|Map)</, (type) =>
        type === 'List<' ? (casing === 'camel' ? 'ArrayList<' : 'List<') : 'HashMap<',
      );
      return `var result = new ${concrete}();`;
    },
    loop,
    skipEmpty: (item) => [`if (${item}${calls.isEmpty}) continue;`],
    lowerCase: (item) => [`var key = ${item}${calls.lower};`, 'key'],
    header: () => [header],
    step: (goal, item, minLength) => {
      switch (goal) {
        case 'unique':
          return [`if (!result.${calls.contains}(${item})) result.${calls.add}(${item});`];
        case 'filter':
          return [`if (${item}.${size} >= ${minLength}) result.${calls.add}(${item});`];
        case 'reverse':
          return [`result.${calls.insert}(0, ${item});`];
        case 'count':
          return [count(item)];
        case 'total':
          return [`result += ${item}.${size};`];
        case 'longest':
          return [`if (${item}.${size} > result.${size}) result = ${item};`];
        default:
          return goal satisfies never;
      }
    },
    finish: 'return result;',
  };
}

const java = classDialect({
  types: { list: 'List<String>', counts: 'Map<String, Integer>', number: 'int', text: 'String' },
  input: 'List<String>',
  casing: 'camel',
  loop: (item, list) => `for (var ${item} : ${list}) {`,
  size: 'length()',
  calls: {
    isEmpty: '.isEmpty()',
    lower: '.toLowerCase()',
    contains: 'contains',
    add: 'add',
    insert: 'add',
  },
  count: (item) => `result.merge(${item}, 1, Integer::sum);`,
  header: 'import java.util.*;',
});

const csharp = classDialect({
  types: {
    list: 'List<string>',
    counts: 'Dictionary<string, int>',
    number: 'int',
    text: 'string',
  },
  input: 'IEnumerable<string>',
  casing: 'pascal',
  loop: (item, list) => `foreach (var ${item} in ${list}) {`,
  size: 'Length',
  calls: {
    isEmpty: '.Length == 0',
    lower: '.ToLowerInvariant()',
    contains: 'Contains',
    add: 'Add',
    insert: 'Insert',
  },
  count: (item) => `result[${item}] = result.GetValueOrDefault(${item}) + 1;`,
  header: 'using System.Collections.Generic;',
});

/** The languages in which functions are written. */
export const dialects = {
  python,
  javascript: scriptDialect(false),
  typescript: scriptDialect(true),
  go,
  rust,
  java,
  csharp,
} as const;
