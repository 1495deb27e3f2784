import type { User } from '../database/schema.ts';

/** A user as the browser sees one: LibreChat's `TUser`, without anything secret. */
export interface PublicUser {
  id: string;
  name: string;
  username: string;
  email: string;
  /** Address of a picture, or empty. */
  avatar: string;
  role: User['role'];
  provider: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
}

/** Leaves out the password's hash and whatever else is nobody's business. */
export function toPublicUser(user: User): PublicUser {
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    email: user.email,
    avatar: user.avatar,
    role: user.role,
    provider: user.provider,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}
