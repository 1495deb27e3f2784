/** What the routes of the app are for, by what a person does with them. */
export interface RouteGroup {
  title: string;
  /** Page about them, from `docs`; `null` where there is none. */
  guide: string | null;
  /** `METHOD /path`, and what it does. */
  routes: Readonly<Record<string, string>>;
}

/** Every route of the app beside those below `/api/openrouter`. A test compares the two. */
export const hostRoutes: readonly RouteGroup[] = [
  {
    title: 'Sign-in',
    guide: null,
    routes: {
      'POST /api/auth/register':
        'creates an account: `{ name, email, password, confirm_password }`; the first one is the administrator',
      'POST /api/auth/login':
        '`{ email, password }` → `{ token, user }`, and a cookie for the next token',
      'POST /api/auth/refresh': 'a new token for the cookie',
      'POST /api/auth/logout': 'ends the session',
      'POST /api/auth/local-token': 'for `npm run token` on the same machine',
      'GET /api/user': 'who is signed in',
    },
  },
  {
    title: 'What there is',
    guide: null,
    routes: {
      'GET /api/config': 'what a page has to know before a sign-in; public',
      'GET /api/endpoints': 'what the provider menu offers',
      'GET /api/endpoints/token-config': 'context and prices of each model',
      'GET /api/models': 'ids of the models of each provider',
      'GET /health': 'whether the server runs; public',
    },
  },
  {
    title: 'Answers that are kept',
    guide: 'guides/answers.md',
    routes: {
      'POST /api/agents/chat/openrouter': 'asks a model',
      'POST /api/agents/chat': 'asks an agent',
      'GET /api/agents/chat/stream/:streamId': 'follows an answer; server-sent events',
      'GET /api/agents/chat/status/:conversationId': 'whether an answer is being given',
      'GET /api/agents/chat/active': 'in which conversations',
      'POST /api/agents/chat/abort': 'stops it',
    },
  },
  {
    title: 'Conversations and messages',
    guide: null,
    routes: {
      'GET /api/convos': 'lists, latest first; `cursor`, `limit`, `search`, `isArchived`',
      'GET /api/convos/:id': 'reads one',
      'GET /api/convos/gen_title/:id': 'waits for the title that is being made',
      'POST /api/convos/update': 'changes the title: `{ arg: { conversationId, title } }`',
      'POST /api/convos/archive':
        'puts it away, or back: `{ arg: { conversationId, isArchived } }`',
      'DELETE /api/convos': 'deletes one: `{ arg: { conversationId } }`',
      'DELETE /api/convos/:id': 'the same',
      'DELETE /api/convos/all': 'deletes all of them',
      'GET /api/messages': 'searches in all of them; `search`, `cursor`, `pageSize`',
      'GET /api/messages/:conversationId': 'those of a conversation, oldest first',
      'GET /api/messages/:conversationId/:messageId': 'one of them',
      'PUT /api/messages/:conversationId/:messageId': 'changes its text: `{ text }`',
      'DELETE /api/messages/:conversationId/:messageId': 'deletes it',
    },
  },
  {
    title: 'Agents and tools',
    guide: 'guides/agents.md',
    routes: {
      'GET /api/agents': 'lists',
      'POST /api/agents': 'creates one',
      'GET /api/agents/:id': 'reads one',
      'GET /api/agents/:id/expanded': 'the same',
      'PATCH /api/agents/:id': 'changes the given fields',
      'DELETE /api/agents/:id': 'deletes it',
      'GET /api/agents/:id/versions': 'lists its versions',
      'POST /api/agents/:id/revert': 'goes back to one of them',
      'POST /api/agents/:id/duplicate': 'copies it',
      'GET /api/agents/tools': 'tools that an agent can use',
    },
  },
  {
    title: 'Files',
    guide: 'guides/files.md',
    routes: {
      'POST /api/files': 'uploads one',
      'POST /api/files/images': 'the same',
      'GET /api/files': 'lists',
      'GET /api/files/:fileId': 'sends the bytes',
      'GET /api/files/download/:userId/:fileId': 'the same, to be saved',
      'DELETE /api/files': 'deletes',
      'GET /api/files/config': 'the limits',
    },
  },
  {
    title: 'Keys of users',
    guide: 'guides/user-keys.md',
    routes: {
      'PUT /api/keys': 'stores a key',
      'GET /api/keys': 'until when it can be used',
      'DELETE /api/keys/:name': 'takes it away',
      'DELETE /api/keys': 'all of them',
      'POST /api/keys/openrouter/connect': 'begins "Connect with OpenRouter"',
      'GET /api/keys/openrouter/callback': 'where OpenRouter leads people back to',
    },
  },
  {
    title: 'App tokens',
    guide: 'guides/app-tokens.md',
    routes: {
      'GET /api/tokens': 'lists your tokens, without the tokens themselves',
      'POST /api/tokens': 'creates one, and shows it once',
      'DELETE /api/tokens/:id': 'takes one away, at once',
      'GET /api/admin/tokens': 'lists those of everybody; administrators only',
      'DELETE /api/admin/tokens/:id': 'takes one of anybody away; administrators only',
    },
  },
  {
    title: 'Preferences',
    guide: null,
    routes: {
      'GET /api/user/settings/favorites': 'favourite models and agents',
      'POST /api/user/settings/favorites': 'replaces them',
      'GET /api/user/settings/recent-models': 'models that were asked lately',
      'GET /api/presets': 'stored settings',
      'POST /api/presets': 'stores some',
      'POST /api/presets/delete': 'deletes one, or all',
    },
  },
  {
    title: 'Administration',
    guide: 'guides/doctor.md',
    routes: {
      'GET /api/admin/openrouter':
        'whether the provider is there, and why not; administrators only',
      'GET /api/admin/doctor-state':
        'what the doctor needs of a running server; administrators and the doctor',
    },
  },
];
