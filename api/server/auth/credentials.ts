import { z } from 'zod';

const MAX_PASSWORD_CHARACTERS = 128; // Longer ones only cost time to hash.
const CONTROL_CHARACTERS = /\p{Cc}/u; // PostgreSQL refuses NUL; the others hide.

const email = z
  .string('must be an email address')
  .trim()
  .toLowerCase()
  .max(254, 'must be at most 254 characters long')
  .pipe(z.email('must be an email address'));

const line = (maximum: number) =>
  z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(maximum, `must be at most ${maximum} characters long`)
    .refine((value) => !CONTROL_CHARACTERS.test(value), 'must not contain control characters');

const newPassword = z
  .string('must be a text')
  .min(8, 'must be at least 8 characters long')
  .max(MAX_PASSWORD_CHARACTERS, `must be at most ${MAX_PASSWORD_CHARACTERS} characters long`);

/** `POST /api/auth/register`. Unknown fields are ignored, as LibreChat's clients send some. */
export const registerSchema = z
  .object({
    name: line(80),
    email,
    username: line(80).nullish(),
    password: newPassword,
    confirm_password: z.string('must be a text').optional(),
  })
  .refine(
    ({ password, confirm_password: repeated }) => repeated === undefined || repeated === password,
    { path: ['confirm_password'], message: 'must be the same as the password' },
  );

/** `POST /api/auth/login`. */
export const loginSchema = z.object({
  email,
  password: z
    .string('must be a text')
    .min(1, 'must not be empty')
    .max(MAX_PASSWORD_CHARACTERS, `must be at most ${MAX_PASSWORD_CHARACTERS} characters long`),
});
