CREATE TABLE favorites (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  items json NOT NULL
);
--> statement-breakpoint
CREATE TABLE presets (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  fields json NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX presets_by_user ON presets (user_id);
