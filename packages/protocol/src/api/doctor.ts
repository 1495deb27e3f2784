import { z } from 'zod';

/** How one check ended, and how the whole examination did: the worst of its checks. */
const doctorStatuses = ['ok', 'warning', 'failed', 'skipped'] as const;
export type DoctorStatus = (typeof doctorStatuses)[number];

/**
 * Whose matter a cause is. `key` and `account` are told apart because a new key cures only the first;
 * `policy`, `model` and `provider` leave both of them valid.
 */
const doctorKinds = [
  'configuration',
  'network',
  'clock',
  'key',
  'account',
  'policy',
  'model',
  'provider',
  'server',
  'doctor',
] as const;
export type DoctorKind = (typeof doctorKinds)[number];

/** One check. Every text is scrubbed and bounded: no key beyond its prefix and last four characters. */
export const doctorCheckSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  status: z.enum(doctorStatuses),
  cause: z
    .string()
    .nullable()
    .describe('What was found wrong, as one word; `null` when nothing was.'),
  evidence: z.array(z.string()).describe('One sentence or fact each.'),
  ms: z.number().describe('How long it took, in milliseconds.'),
  action: z
    .string()
    .nullable()
    .describe('What the reader can do; `null` when there is nothing to do.'),
  cost_usd: z
    .number()
    .nullable()
    .describe(
      'What the check cost in US dollars: 0 when nothing was asked that costs, `null` when unknown.',
    ),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

/** One cause, with everything that points at it. */
const doctorCauseSchema = z.strictObject({
  cause: z.string(),
  kind: z.enum(doctorKinds),
  status: z.enum(['warning', 'failed']),
  sentence: z.string(),
  action: z.string(),
  checks: z.array(z.string()).describe('Ids of the checks that found it.'),
});
export type DoctorCause = z.infer<typeof doctorCauseSchema>;

/** What `GET /api/openrouter/doctor` answers, and what the commands print with `--json`. */
export const doctorReportSchema = z.strictObject({
  status: z.enum(['ok', 'warning', 'failed']).describe('`failed` when any check failed.'),
  started_at: z.string().describe('ISO 8601.'),
  ms: z.number(),
  cost_usd: z
    .number()
    .nullable()
    .describe('Of all completions together, in US dollars; `null` when one of them did not tell.'),
  conclusion: z.strictObject({
    sentence: z.string().describe('The verdict, as a person would say it.'),
    causes: z.array(doctorCauseSchema).describe('Likeliest root first.'),
  }),
  checks: z.array(doctorCheckSchema),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The same as an event stream: what will be checked, each check as it ends, the whole report. */
export const doctorEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('begin'),
    checks: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  }),
  z.strictObject({ type: z.literal('check'), check: doctorCheckSchema }),
  z.strictObject({
    type: z.literal('report'),
    report: doctorReportSchema,
    markdown: z.string().describe('The same in words, for an issue or a message.'),
  }),
]);
export type DoctorEvent = z.infer<typeof doctorEventSchema>;

/** One of the timed events of `GET /api/openrouter/doctor/stream`. */
export const doctorTickSchema = z.strictObject({
  n: z.number().int().describe('From 1.'),
  of: z.number().int(),
  at_ms: z.number().describe('When it was sent, in milliseconds after the first one.'),
});
export type DoctorTick = z.infer<typeof doctorTickSchema>;
