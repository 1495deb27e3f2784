import { z } from 'zod';

/** Something a person wants at hand: a model of a provider, or an agent. LibreChat's `TUserFavorite`. */
export const favoriteSchema = z.union([
  z.strictObject({ endpoint: z.string().min(1).max(64), model: z.string().min(1).max(1000) }),
  z.strictObject({ agentId: z.string().min(1).max(64) }),
]);
export type Favorite = z.infer<typeof favoriteSchema>;

/** What `GET` and `POST /api/user/settings/favorites` answer, in the order the person gave. */
export const favoriteListSchema = z.array(favoriteSchema).max(200);

/** What `GET /api/user/settings/recent-models` answers: ids, the latest first. */
export const recentModelsSchema = z.array(z.string());

/** Settings of an answer, kept under a name; what a conversation can begin with. */
export const presetFieldsSchema = z.object({
  title: z.string().trim().min(1).max(200),
  model: z.string().min(1).max(1000).nullable().default(null),
  /** System message. */
  promptPrefix: z.string().max(100_000).nullable().default(null),
  /** Parameters of the chat request, by OpenRouter's names. */
  model_parameters: z.record(z.string(), z.unknown()).default({}),
  /** US dollars that one answer may cost. */
  spending_limit: z.number().positive().nullable().default(null),
});
export type PresetFields = z.infer<typeof presetFieldsSchema>;

/** A kept preset: LibreChat's `TPreset`. */
export const presetSchema = z.looseObject({
  ...presetFieldsSchema.shape,
  presetId: z.string(),
  endpoint: z.literal('openrouter'),
});
export type Preset = z.infer<typeof presetSchema>;

/** What `GET /api/presets` answers, by title. */
export const presetListSchema = z.array(presetSchema);
