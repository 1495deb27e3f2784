/** The key itself: another key would cure it. */
export const keyCauses = {
  key_invalid: {
    kind: 'key',
    sentence:
      'OpenRouter does not know the key: it was deleted, mistyped, or belongs to another service.',
    action:
      'Create a new key at https://openrouter.ai/settings/keys, set it as OPENROUTER_API_KEY, and restart.',
  },
  key_disabled: {
    kind: 'key',
    sentence: 'The key was switched off or has expired.',
    action: 'Enable it at https://openrouter.ai/settings/keys or use another one.',
  },
  management_key_used: {
    kind: 'key',
    sentence: 'The key is a management key: it may see the account, but it may not call a model.',
    action:
      'Set it as OPENROUTER_MANAGEMENT_KEY, create an ordinary key for OPENROUTER_API_KEY, and restart.',
    explains: ['key_invalid', 'permission_denied'],
  },
  key_limit_exceeded: {
    kind: 'key',
    sentence: 'The key is valid, but its own spending limit is used up.',
    action:
      'Raise the limit of this key at https://openrouter.ai/settings/keys, or wait for its reset.',
  },
  management_key_invalid: {
    kind: 'key',
    sentence: 'The management key does not work, so the balance of the account stays unknown.',
    action:
      'Create a management key at https://openrouter.ai/settings/management-keys and set it as OPENROUTER_MANAGEMENT_KEY.',
  },
  pooled_key_invalid: {
    kind: 'key',
    sentence: 'A key of the pool does not work, so it is passed over.',
    action: 'Replace it in OPENROUTER_API_KEYS, and restart.',
  },
  key_limit_low: {
    kind: 'key',
    sentence: 'The spending limit of the key is almost used up.',
    action: 'Raise the limit of this key at https://openrouter.ai/settings/keys.',
  },
  key_expires: {
    kind: 'key',
    sentence: 'The key expires soon.',
    action: 'Create its successor at https://openrouter.ai/settings/keys in time.',
  },
} as const;
