/** Rules of the account, models and providers: key and account are valid all the same. */
export const serviceCauses = {
  guardrail_blocked: {
    kind: 'policy',
    sentence: 'a guardrail of the OpenRouter workspace blocks the request.',
    action: 'Ask the owner of the workspace, or see https://openrouter.ai/settings/guardrails.',
  },
  data_policy: {
    kind: 'policy',
    sentence: 'the account’s data policy leaves no provider for the model.',
    action:
      'Allow more providers at https://openrouter.ai/settings/privacy, or choose another model.',
  },
  no_models_left: {
    kind: 'policy',
    sentence: 'the account’s settings leave not a single model to use.',
    action:
      'Loosen the data policy, the allowed providers or the guardrails at https://openrouter.ai/settings/privacy.',
    explains: ['data_policy', 'no_endpoints'],
  },
  region_blocked: {
    kind: 'policy',
    sentence: 'the model is not offered in the region of this machine.',
    action: 'Choose a model that is offered there, or run the server elsewhere.',
  },
  model_not_allowed: {
    kind: 'policy',
    sentence: 'the model is not among those that the key may use.',
    action: 'Choose another model, or see https://openrouter.ai/settings/guardrails.',
  },
  moderation_blocked: {
    kind: 'policy',
    sentence: 'a moderation in front of the model blocks even a harmless question.',
    action: 'Choose another model.',
  },
  permission_denied: {
    kind: 'policy',
    sentence: 'OpenRouter forbids the request without saying why.',
    action:
      'See the rules of the workspace at https://openrouter.ai/settings, and try a model of another author.',
  },
  no_models: {
    kind: 'model',
    sentence: 'the list of models is empty.',
    action: 'Check that OPENROUTER_BASE_URL is https://openrouter.ai/api/v1.',
  },
  invalid_model_id: {
    kind: 'model',
    sentence: 'a model that should exist is unknown.',
    action: 'Check that OPENROUTER_BASE_URL is https://openrouter.ai/api/v1.',
  },
  model_unavailable: {
    kind: 'model',
    sentence: 'the model is no longer offered.',
    action: 'Choose another model.',
  },
  no_endpoints: {
    kind: 'model',
    sentence: 'no provider is left for the model.',
    action:
      'Choose another model, or see the allowed providers at https://openrouter.ai/settings/preferences.',
  },
  openrouter_down: {
    kind: 'provider',
    sentence: 'OpenRouter itself is down, or what stands in front of it cannot reach it.',
    action: 'See https://status.openrouter.ai, and wait.',
  },
  rate_limited_provider: {
    kind: 'provider',
    sentence: 'the provider of the model has too many requests at the moment.',
    action: 'Try again in a moment, or choose another model.',
  },
  provider_overloaded: {
    kind: 'provider',
    sentence: 'the provider of the model is overloaded at the moment.',
    action: 'Try again in a moment, or choose another model.',
  },
  provider_error: {
    kind: 'provider',
    sentence: 'the provider of the model fails at the moment.',
    action: 'Try again in a moment, or choose another model.',
  },
} as const;
