import type { Model } from '@openrouter-native/protocol';
import type { ModelParameters } from '../../settings/parameters.ts';

/** What every part of the form about the request works with. */
export interface ParameterProps {
  /** With its variant. */
  modelId: string;
  /** `undefined` when the catalogue does not have it: then every field is shown. */
  model: Model | undefined;
  parameters: ModelParameters;
  onChange: (parameters: ModelParameters) => void;
}
