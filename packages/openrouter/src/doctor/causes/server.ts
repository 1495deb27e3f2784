/** Our own server, what stands between it and the browser, and what is merely worth a look. */
export const serverCauses = {
  server_outdated: {
    kind: 'server',
    sentence: 'the server still runs with the configuration of its start, which was changed since.',
    action: 'Restart the server.',
    explains: ['provider_away', 'jwt_failed', 'stream_refused'],
  },
  provider_away: {
    kind: 'server',
    sentence: 'the server runs, but without OpenRouter.',
    action:
      'Correct the key, restart, and look for “Provider initialized successfully” in the log.',
  },
  server_fails: {
    kind: 'server',
    sentence: 'what answers at the address of the server is not this server.',
    action: 'Stop the other program, or set PORT to another number.',
  },
  jwt_failed: {
    kind: 'server',
    sentence: 'sign-ins of the server do not work.',
    action: 'Set JWT_SECRET to a value of at least 32 characters, and restart.',
  },
  stream_refused: {
    kind: 'server',
    sentence: 'the server does not accept a token that was made for it, or it never arrived.',
    action:
      'Restart the server, and let the reverse proxy pass the Authorization header on unchanged.',
  },
  stream_unreachable: {
    kind: 'server',
    sentence: 'streams of the server cannot be reached at that address.',
    action: 'Check the address, and what the reverse proxy does with /api/openrouter.',
  },
  stream_cut: {
    kind: 'server',
    sentence: 'streams end before their time.',
    action: 'Raise the time limit of the reverse proxy: in nginx, proxy_read_timeout.',
  },
  stream_buffered: {
    kind: 'server',
    sentence:
      'something between the server and the reader holds streams back, so answers appear all at once.',
    action:
      'Let the reverse proxy pass streams on at once: in nginx, proxy_buffering off; for the route, and no proxy_ignore_headers X-Accel-Buffering.',
  },
  page_missing: {
    kind: 'server',
    sentence: 'the server has no complete web page to send.',
    action: 'Run npm run build, then restart the server.',
  },
  page_cached: {
    kind: 'server',
    sentence: 'an old page may stand in the browser or in a cache before the server.',
    action:
      'Reload with Ctrl+Shift+R (Cmd+Shift+R), and keep the cache in front from storing index.html.',
  },
  server_stopped: {
    kind: 'server',
    sentence: 'the server does not run.',
    action: 'Start it with npm start.',
  },
  simulator: {
    kind: 'configuration',
    sentence: 'No key is set: the embedded simulator answers in the place of OpenRouter.',
    action:
      'For real models set OPENROUTER_API_KEY in .env, from https://openrouter.ai/settings/keys, and restart.',
  },
  key_wrapped: {
    kind: 'configuration',
    sentence:
      'Around the key stand quotation marks, spaces or line breaks; they are left out here, but other programs send them.',
    action: 'Remove everything around the key.',
  },
  key_doubtful: {
    kind: 'configuration',
    sentence: 'The key does not have the usual length; it may have been cut off.',
    action: 'Compare it with the one at https://openrouter.ai/settings/keys.',
    explains: ['key_invalid'],
  },
  base_url_insecure: {
    kind: 'configuration',
    sentence: 'The key travels unencrypted, because OPENROUTER_BASE_URL starts with http://.',
    action: 'Set OPENROUTER_BASE_URL to an address that starts with https://.',
  },
  settings_doubtful: {
    kind: 'configuration',
    sentence: 'Some settings have no effect, or an unwanted one.',
    action: 'See the evidence of the check; .env.example describes every setting.',
  },
  yaml_leftover: {
    kind: 'configuration',
    sentence: 'librechat.yaml still has OpenRouter as a custom endpoint, which is not used.',
    action: 'Run npm run migrate:yaml: it moves the settings of that entry to .env and removes it.',
  },
  check_failed: {
    kind: 'doctor',
    sentence: 'A check could not be done.',
    action: 'Run the doctor again.',
  },
} as const;
