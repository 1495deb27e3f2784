import { z } from 'zod';
import { healthSchema, providerModes } from '../api/health.ts';

/** What `GET /api/admin/openrouter` answers to an administrator. Holds no key, not even a part. */
export const providerStatusSchema = z.looseObject({
  configured: z.boolean(),
  mode: z.enum(providerModes).nullable(),
  /** Why the provider is not offered; `null` when it is. */
  problem: z
    .looseObject({ variable: z.string().nullable(), message: z.string(), action: z.string() })
    .nullable(),
  /** One sentence each, such as quotes that were trimmed off the key. */
  warnings: z.array(z.string()),
  /** `null` when there is no provider whose health could be told. */
  health: healthSchema.nullable(),
  /** Where requests go, without scheme and path. */
  base_url_host: z.string().nullable(),
  /** A management key is set, so that the balance of the account can be asked for. */
  has_management_key: z.boolean(),
  /** Ids and patterns of the models that people may use; `null` = all. */
  allowed_models: z.array(z.string()).nullable(),
  /** Names chats; `null` = the chat's own model. */
  title_model: z.string().nullable(),
  accounts: z.looseObject({
    count: z.number(),
    /** Whether somebody without an account may make one. */
    registration_open: z.boolean(),
  }),
  limits: z.looseObject({
    /** Answers of one user at the same time. */
    running_answers: z.number(),
    /** Calls of a model in one answer, unless an agent or a person asks for another number. */
    model_calls: z.number(),
    max_model_calls: z.number(),
    /** Megabytes, of one file and of all files of one user. */
    file_megabytes: z.number(),
    user_megabytes: z.number(),
  }),
  /** Those of `librechat.yaml`; what state they are in is told by the list of tools. */
  mcp_servers: z.array(z.looseObject({ name: z.string(), title: z.string() })),
});
export type ProviderStatus = z.infer<typeof providerStatusSchema>;
