import type { Model } from '../upstream/model.ts';

/** What a model must be able to do for a request. */
export interface ModelNeeds {
  /** Functions are offered to it. */
  tools: boolean;
  /** Kinds of input beside text: `image`, `audio`, `video`. PDF files reach every model. */
  input: readonly string[];
  /** Kinds of output that are asked for beside text: `image`, `audio`. */
  output: readonly string[];
  /** Tokens that the prompt takes at least. */
  contextTokens: number;
  /** Its price is known before it answers: money is limited. */
  knownPrice: boolean;
}

export const noNeeds: ModelNeeds = {
  tools: false,
  input: [],
  output: [],
  contextTokens: 0,
  knownPrice: false,
};

/** What a model falls short of. */
export type Lack =
  | { kind: 'tools' }
  | { kind: 'input' | 'output'; modality: string }
  /** Tokens. */
  | { kind: 'context'; contextTokens: number }
  | { kind: 'price' };

/** Everything that keeps a model from doing what is needed. What the catalogue does not say is no lack. */
export function lacksOf(model: Model, needs: ModelNeeds): Lack[] {
  const { architecture, supported_parameters: parameters } = model;
  const inputs = architecture?.input_modalities;
  const outputs = architecture?.output_modalities;
  const contextTokens = contextOf(model);
  return [
    ...(needs.tools && parameters && !parameters.includes('tools')
      ? [{ kind: 'tools' as const }]
      : []),
    ...missing(needs.input, inputs).map((modality) => ({ kind: 'input' as const, modality })),
    ...missing(needs.output, outputs).map((modality) => ({ kind: 'output' as const, modality })),
    ...(contextTokens !== null && contextTokens < needs.contextTokens
      ? [{ kind: 'context' as const, contextTokens }]
      : []),
    ...(needs.knownPrice && !hasPrice(model) ? [{ kind: 'price' as const }] : []),
  ];
}

/** Tokens of the largest window that a model is offered with; `null` when unknown. */
export function contextOf({ context_length: listed, top_provider: top }: Model): number | null {
  const known = [listed, top?.context_length].filter((tokens) => tokens != null && tokens > 0);
  return known.length > 0 ? Math.max(...(known as number[])) : null;
}

/** `"-1"` depends on what a router picks. */
export function hasPrice({ pricing }: Model): boolean {
  return [pricing.prompt, pricing.completion].every((price) => Number(price) >= 0);
}

function missing(
  needed: readonly string[],
  offered: readonly string[] | null | undefined,
): readonly string[] {
  if (!offered || offered.length === 0) return [];
  return needed.filter((modality) => !offered.includes(modality));
}
