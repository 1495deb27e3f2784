/** What is left on the OpenRouter account or key. */
export const credits = {
  label: 'Balance: {{text}}. Refresh',
  loading: 'Balance …',
  unavailable: 'Unavailable',
  unknown: 'Unknown',
  unknownText: 'OpenRouter did not tell the balance.',
  noLimit: 'No limit',
  noLimitText:
    'This key has no spending limit. The balance of the account is unknown: to see it, an administrator sets OPENROUTER_MANAGEMENT_KEY.',
  ofLimit: '{{amount}} of {{limit}}',
  ofAccount: 'Balance of the OpenRouter account.',
  ofKey: 'What is left of the spending limit of this key.',
  low: 'low',
  veryLow: 'very low',
  asOf: 'as of {{time}}',
  stale: 'OpenRouter could not be asked since.',
  refreshFailed: 'The last refresh failed: {{message}}',
  clickToRefresh: 'Click to refresh.',
  addKey: 'Add a key',
} as const;
