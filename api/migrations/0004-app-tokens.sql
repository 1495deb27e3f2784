CREATE TABLE app_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name text NOT NULL,
  hint text NOT NULL,
  hash text NOT NULL UNIQUE,
  scopes json NOT NULL,
  models json,
  expires_at timestamptz,
  monthly_limit_usd numeric,
  month text NOT NULL,
  spent_usd numeric DEFAULT 0,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX app_tokens_by_user ON app_tokens (user_id);
