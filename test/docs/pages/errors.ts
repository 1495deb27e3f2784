import { upstreamNames, verdictOf } from '@openrouter-native/openrouter';
import {
  createErrorBody,
  errorTypeOf,
  reasonFacts,
  reasonMeanings,
  type ErrorReason,
} from '@openrouter-native/protocol';
import { table } from '../table.ts';

const reasons = Object.keys(reasonFacts) as ErrorReason[];

/** `docs/errors.md`: the table of reasons, and how what upstream says becomes one of them. */
export function errorsPage(): string {
  return `# Errors

Every failure, of every route, has one body:

\`\`\`json
${JSON.stringify(anExample(), null, 2)}
\`\`\`

- \`code\` is the HTTP status, and \`type\` follows from it: clients of OpenAI's protocol go by these two.
- **\`reason\` is what to switch on.** It is one of the words below, and says more than the status.
- \`message\` and \`action\` may be shown to a person. \`metadata\` holds OpenRouter's own words, without
  keys and prompts.
- \`retry_after\` is in seconds; \`null\` is unknown. The header \`Retry-After\` says the same.
- \`request_id\` is in the header \`X-Request-Id\` and in the server's log.

Before the first word of an answer a failure is an HTTP status. After it, the stream carries the same
object as one last event, with \`"finish_reason": "error"\`, and \`[DONE]\` behind it. An answer whose
stream ends without \`[DONE]\` was cut.

## By status

"The server tries" is what has been tried already, as far as it was possible, when you see the error:
the same call **again**, another **model** of the chain of fallbacks, another **route** (a further key,
or a provider beside OpenRouter). See [retries and fallbacks](guides/retries-and-fallbacks.md).
${byStatus().join('\n')}
## How a reason is found

OpenRouter's status and words are read in this order, and the first that tells decides. What its status
says is kept, except where it blames the wrong one: a provider that turns OpenRouter away with 401 is a
\`provider_error\`, not a matter of your key.

1. \`error.availability\` and \`metadata.limit_source\`, which settle the matter.
2. What else the error tells: \`metadata.provider_name\`, \`metadata.reasons\`, \`metadata.patterns\`, and
   phrases that OpenRouter uses for one thing only, such as "can only afford".
3. \`metadata.error_type\`.
4. The status alone. An unknown one is safe: of 4xx only 408, 409, 425 and 429 may be tried again.

${table(['OpenRouter says', 'It means here'], names())}

### When the status is all there is

${table(['Status', 'Of a chat request', 'Of a look-up'], statuses())}

Where a 403 does not say whom it is about, the server asks \`GET /key\` with the same key: refused there
too, it is the key or the account; answered, it is the model or the provider.
`;
}

function anExample() {
  return createErrorBody(
    'can_only_afford',
    'This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 1210.',
    { requestId: 'b0c1f7a2-5d0e-4f43-9a3e-6a4e4f0c8d11', metadata: { upstream_status: 402 } },
  );
}

function byStatus(): string[] {
  const groups = Object.groupBy(reasons, (reason) => reasonFacts[reason].status);
  return Object.entries(groups).map(([status, ofStatus = []]) => {
    const rows = ofStatus.map((reason) => [
      `\`${reason}\``,
      reasonMeanings[reason],
      linked(reasonFacts[reason].action),
      triedFor(reason),
    ]);
    return `
### ${status} ${errorTypeOf(Number(status))}

${table(['Reason', 'Meaning', 'What to do', 'The server tries'], rows)}
`;
  });
}

/** The planner works on what comes from upstream; refusals of this server come before it. */
const isOwn = (reason: ErrorReason) =>
  reason === 'model_lacks_capability' ||
  (reasons.indexOf(reason) >= reasons.indexOf('invalid_request') && reason !== 'permission_denied');

function triedFor(reason: ErrorReason): string {
  const { retryable, anotherModelMayWork, anotherRouteMayWork } = reasonFacts[reason];
  if (isOwn(reason)) return '–';
  const tried = [
    ...(retryable ? ['again'] : []),
    ...(reason === 'can_only_afford' ? ['fewer tokens'] : []),
    ...(anotherModelMayWork ? ['model'] : []),
    ...(anotherRouteMayWork ? ['route'] : []),
  ];
  return tried.length > 0 ? tried.join(', ') : '–';
}

function names(): string[][] {
  const fields: [keyof typeof upstreamNames, string][] = [
    ['availability', 'availability.code'],
    ['excludedBy', 'availability.excluded_by'],
    ['limitSource', 'metadata.limit_source'],
    ['errorType', 'metadata.error_type'],
  ];
  return fields.flatMap(([table_, field]) =>
    [...upstreamNames[table_]].map(([name, reason]) => [`\`${field}: ${name}\``, `\`${reason}\``]),
  );
}

const STATUSES = [
  400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 520, 524, 529,
];

function reasonOf(operation: 'chat' | 'models', status: number): string {
  const { reason, details } = verdictOf({ operation, status, headers: {}, body: {}, now: 0 });
  return `\`${reason}\`${details.retryable ? ', tried again' : ''}`;
}

function statuses(): string[][] {
  return STATUSES.map((status) => [
    String(status),
    reasonOf('chat', status),
    reasonOf('models', status),
  ]);
}

function linked(text: string): string {
  return text.replaceAll(/https:\/\/[^\s;,]*[^\s;,.]/g, '<$&>');
}
