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
  /** What was found wrong, as one word; `null` when nothing was. */
  cause: z.string().nullable(),
  /** One sentence or fact each. */
  evidence: z.array(z.string()),
  /** How long it took, in milliseconds. */
  ms: z.number(),
  /** What the reader can do; `null` when there is nothing to do. */
  action: z.string().nullable(),
  /** What the check cost in US dollars: 0 when nothing was asked that costs, `null` when unknown. */
  cost_usd: z.number().nullable(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

/** One cause, with everything that points at it. */
const doctorCauseSchema = z.strictObject({
  cause: z.string(),
  kind: z.enum(doctorKinds),
  status: z.enum(['warning', 'failed']),
  sentence: z.string(),
  action: z.string(),
  /** Ids of the checks that found it. */
  checks: z.array(z.string()),
});
export type DoctorCause = z.infer<typeof doctorCauseSchema>;

/** What `GET /api/openrouter/doctor` answers, and what the commands print with `--json`. */
export const doctorReportSchema = z.strictObject({
  /** `failed` when any check failed. */
  status: z.enum(['ok', 'warning', 'failed']),
  /** ISO 8601. */
  started_at: z.string(),
  ms: z.number(),
  /** Of all completions together, in US dollars; `null` when one of them did not tell. */
  cost_usd: z.number().nullable(),
  conclusion: z.strictObject({
    /** The verdict, as a person would say it. */
    sentence: z.string(),
    /** Likeliest root first. */
    causes: z.array(doctorCauseSchema),
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
    /** The same in words, for an issue or a message. */
    markdown: z.string(),
  }),
]);
export type DoctorEvent = z.infer<typeof doctorEventSchema>;

/** One of the timed events of `GET /api/openrouter/doctor/stream`. */
export const doctorTickSchema = z.strictObject({
  /** From 1. */
  n: z.number().int(),
  of: z.number().int(),
  /** When it was sent, in milliseconds after the first one. */
  at_ms: z.number(),
});
export type DoctorTick = z.infer<typeof doctorTickSchema>;
