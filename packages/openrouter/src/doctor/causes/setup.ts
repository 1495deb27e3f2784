/** What the machine and its configuration can have, from the root up. */
export const setupCauses = {
  configuration_invalid: {
    kind: 'configuration',
    sentence: 'The configuration cannot be read, so the server does not start.',
    action: 'Correct the settings that are named; .env.example shows a valid line for each.',
  },
  key_placeholder: {
    kind: 'configuration',
    sentence: 'The key is still the placeholder of an example.',
    action:
      'Create a key at https://openrouter.ai/settings/keys, put it in the place of the placeholder, and restart.',
    explains: ['key_malformed', 'key_invalid'],
  },
  key_missing: {
    kind: 'configuration',
    sentence: 'No OpenRouter key is set.',
    action:
      'Create a key at https://openrouter.ai/settings/keys, set it as OPENROUTER_API_KEY in .env, and restart.',
  },
  key_malformed: {
    kind: 'configuration',
    sentence: 'What is set as the key cannot be an OpenRouter key, so it was never sent.',
    action:
      'Copy the key again from https://openrouter.ai/settings/keys: it starts with sk-or-v1- and has no quotes or spaces.',
  },
  key_clash: {
    kind: 'configuration',
    sentence: 'Two different keys are set, and only the first one is used.',
    action: 'Keep OPENROUTER_API_KEY and remove OPENROUTER_KEY, then restart.',
    explains: ['key_invalid', 'key_disabled', 'key_limit_exceeded'],
  },
  dns_failed: {
    kind: 'network',
    sentence: 'This machine cannot look up the name of the server that should be asked.',
    action:
      'Check the internet connection, the DNS server of this machine or container, and OPENROUTER_BASE_URL.',
  },
  connection_failed: {
    kind: 'network',
    sentence: 'No connection can be made: nothing listens there, or a firewall is in the way.',
    action:
      'Let the firewall pass outgoing connections to that address, or set PROXY if the network needs one.',
  },
  proxy_failed: {
    kind: 'network',
    sentence: 'The HTTP proxy does not let requests through.',
    action: 'Correct PROXY (address, user and password), or remove it where none is needed.',
  },
  tls_failed: {
    kind: 'network',
    sentence: 'A connection is made, but no secure one: the other side cannot prove who it is.',
    action:
      'If a company proxy inspects traffic, give its certificate to Node with NODE_EXTRA_CA_CERTS; otherwise check the clock and OPENROUTER_BASE_URL.',
  },
  foreign_answer: {
    kind: 'network',
    sentence:
      'Somebody else answers in the place of OpenRouter: the sign-in page of a network, a filter, or a wrong OPENROUTER_BASE_URL.',
    action:
      'Sign in to the network or ask who runs it, and check that OPENROUTER_BASE_URL is https://openrouter.ai/api/v1.',
  },
  malformed_response: {
    kind: 'network',
    sentence: 'The answers are not what OpenRouter sends.',
    action:
      'Check that OPENROUTER_BASE_URL is https://openrouter.ai/api/v1, and any proxy in between.',
  },
  upstream_unreachable: {
    kind: 'network',
    sentence: 'The connection to OpenRouter breaks before an answer comes.',
    action: 'Check the network of this machine and https://status.openrouter.ai, then run again.',
  },
  upstream_timeout: {
    kind: 'network',
    sentence: 'OpenRouter does not answer in time.',
    action: 'Run again in a moment; see https://status.openrouter.ai if it stays so.',
  },
  clock_skew: {
    kind: 'clock',
    sentence: 'The clock of this machine is wrong, which makes sign-ins and certificates fail.',
    action: 'Let the machine set its clock by NTP, then restart the server.',
    explains: ['tls_failed', 'jwt_failed'],
  },
} as const;
