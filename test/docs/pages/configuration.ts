import {
  describeVariable,
  describeYamlKeys,
  type SettingDescription,
} from '@openrouter-native/api/config/descriptions';
import { variables, type VariableName } from '@openrouter-native/api/config/variables';
import { readEnvExample, type ExampleBlock } from '../env-example.ts';
import { table } from '../table.ts';

/**
 * `docs/configuration.md`: names, defaults and rules from the schemas that read the settings, what
 * they mean from `.env.example` and from the descriptions in the schema of `librechat.yaml`.
 */
export function configurationPage(): string {
  return `# Configuration

The server reads three things when it starts: the environment, the file \`.env\` in its working
directory, and \`librechat.yaml\` beside it. All are optional. The environment wins over \`.env\`; a value
that is empty counts as not set. A wrong value stops the start with a message that names the setting,
what is wrong with it and a line that would do. **Restart the server after a change.**

Begin with a copy of the example, in which every variable is described:

\`\`\`sh
cp .env.example .env
\`\`\`

\`npm run doctor\` tells where each setting comes from and whether the server was restarted since it was
changed ([guide](guides/doctor.md)). Secrets are never shown: not in messages, not in the log.

## Environment variables

${readEnvExample().map(topicText).join('\n\n')}

## librechat.yaml

The format is [LibreChat's](https://www.librechat.ai/docs/configuration/librechat_yaml), so an existing
file works as it is: what is not listed here is ignored. A section with a mistake is left out, and a
warning names it. \`librechat.example.yaml\` is an example with comments; \`CONFIG_PATH\` names another
file.

${table(['Key', 'Accepts', 'Meaning'], describeYamlKeys().map(yamlRow))}

\`\${NAME}\` stands for a variable of the environment or of \`.env\`. The server's own secrets are not filled
in. See [tools](guides/tools.md) for MCP servers and for what of LibreChat's fields is not supported.
`;
}

function topicText({ title, intro, blocks }: ReturnType<typeof readEnvExample>[number]): string {
  const rows = blocks.map(rowOf);
  return `### ${title}

${sentence(intro)}

${table(['Variable', 'Default', 'Accepts', 'Meaning'], rows)}`;
}

function rowOf({ names, examples, text }: ExampleBlock): string[] {
  if (names.length === 0) {
    const lines = examples.map((line) => `\`${line.split('=', 1)[0]}\``);
    const shown = examples.map((line) => `\`${line}\``).join(', ');
    return [lines.join('<br>'), '–', 'text', `${sentence(text)} For example ${shown}.`];
  }
  const described = names.map((name) => describeVariable(known(name)));
  const each = (say: (one: SettingDescription) => string) => [...new Set(described.map(say))];
  return [
    each(({ name }) => `\`${name}\``).join('<br>'),
    each((one) => (one.default === null ? '–' : `\`${one.default}\``)).join('<br>'),
    each(({ accepts, isSecret }) => (isSecret ? `${accepts}; secret` : accepts)).join('<br>'),
    sentence(text),
  ];
}

function known(name: string): VariableName {
  if (Object.hasOwn(variables, name)) return name as VariableName;
  throw new Error(`.env.example names ${name}, which is no variable`);
}

function yamlRow({ name, accepts, meaning }: SettingDescription): string[] {
  return [`\`${name}\``, accepts, meaning ?? ''];
}

function sentence(text: string): string {
  const linked = text
    .replaceAll(/https:\/\/\S+/g, '<$&>')
    .replaceAll(/\bdocs\/((?:[\w-]+\/)*([\w-]+)\.md)/g, '[$2]($1)');
  return linked === '' || /[.!?>]$/.test(linked) ? linked : `${linked}.`;
}
