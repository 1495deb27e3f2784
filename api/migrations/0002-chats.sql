CREATE TABLE conversations (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title text NOT NULL,
  endpoint text NOT NULL CHECK (endpoint IN ('openrouter', 'agents')),
  model text,
  agent_id text,
  settings json NOT NULL,
  archived_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX conversations_by_user ON conversations (user_id, updated_at DESC, id DESC);
--> statement-breakpoint
CREATE TABLE messages (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  parent_id uuid REFERENCES messages (id) ON DELETE CASCADE,
  is_created_by_user boolean NOT NULL,
  sender text NOT NULL,
  text text NOT NULL,
  content json NOT NULL,
  endpoint text NOT NULL CHECK (endpoint IN ('openrouter', 'agents')),
  model text,
  agent_id text,
  ending text,
  error json,
  run_limit json,
  steps json NOT NULL,
  annotations json NOT NULL,
  first_content_ms double precision,
  duration_ms double precision,
  lease_until timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX messages_by_conversation ON messages (conversation_id, created_at);
--> statement-breakpoint
CREATE INDEX messages_by_parent ON messages (parent_id);
--> statement-breakpoint
CREATE INDEX messages_by_user ON messages (user_id, created_at DESC, id DESC);
--> statement-breakpoint
CREATE INDEX messages_by_lease ON messages (lease_until) WHERE lease_until IS NOT NULL;
--> statement-breakpoint
CREATE TABLE files (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash text NOT NULL,
  filename text NOT NULL,
  type text NOT NULL,
  bytes integer NOT NULL,
  width integer,
  height integer,
  context text NOT NULL CHECK (context IN ('message_attachment', 'image_generation', 'agents')),
  linked_at timestamptz,
  created_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX files_by_user ON files (user_id, created_at DESC);
--> statement-breakpoint
CREATE INDEX files_by_hash ON files (hash);
--> statement-breakpoint
CREATE TABLE message_files (
  message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  file_id uuid NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, file_id)
);
--> statement-breakpoint
CREATE INDEX message_files_by_file ON message_files (file_id);
--> statement-breakpoint
CREATE TABLE agents (
  id text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  version integer NOT NULL,
  search_text text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX agents_by_user ON agents (user_id, updated_at DESC, id DESC);
--> statement-breakpoint
CREATE TABLE agent_versions (
  agent_id text NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  version integer NOT NULL,
  fields json NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (agent_id, version)
);
--> statement-breakpoint
CREATE TABLE user_keys (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name text NOT NULL,
  encrypted text NOT NULL,
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, name)
);
--> statement-breakpoint
CREATE TABLE key_connects (
  state_hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  browser_hash text NOT NULL,
  verifier text NOT NULL,
  expires_at timestamptz NOT NULL
);
