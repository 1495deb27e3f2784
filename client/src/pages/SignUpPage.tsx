import type { HostConfig } from '@openrouter-native/protocol';
import { Link } from 'react-router';
import { Button } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { Field } from '../components/ui/Field.tsx';
import { useServices } from '../services-context.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { textField, useSubmit } from './useSubmit.ts';

const MIN_PASSWORD_LENGTH = 8;

/** For a new account, the first one included, which needs no open registration. */
export function SignUpPage({ config }: { config: HostConfig }) {
  const { session } = useServices();
  const { isSending, error, onSubmit } = useSubmit((fields) =>
    session.signUp({
      name: textField(fields, 'name'),
      email: textField(fields, 'email'),
      password: textField(fields, 'password'),
    }),
  );

  return (
    <AuthLayout
      appTitle={config.appTitle}
      title={config.setup ? 'Welcome' : 'Create an account'}
      lead={
        config.setup
          ? 'Create the first account. It becomes the administrator.'
          : 'A name, an address and a password are all it takes.'
      }
    >
      <form onSubmit={onSubmit} className="grid gap-5">
        <Field label="Name" name="name" autoComplete="name" required />
        <Field label="Email" name="email" type="email" autoComplete="email" required />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD_LENGTH}
          hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
          required
        />
        {error && <ErrorCard error={error} announce />}
        <Button
          type="submit"
          look="primary"
          className="min-h-11 text-body"
          aria-disabled={isSending}
        >
          {isSending ? 'Creating the account …' : 'Create account'}
        </Button>
      </form>
      {!config.setup && (
        <p className="mt-6 text-body text-ink-soft">
          You have an account?{' '}
          <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-2">
            Sign in
          </Link>
        </p>
      )}
    </AuthLayout>
  );
}
