import type { HostConfig } from '@openrouter-native/protocol';
import { Link } from 'react-router';
import { Button } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { Field } from '../components/ui/Field.tsx';
import { useServices } from '../services-context.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { textField, useSubmit } from './useSubmit.ts';

/** @param expired - A session ended by itself, so the reader is told why they are here. */
export function SignInPage({ config, expired }: { config: HostConfig; expired: boolean }) {
  const { session } = useServices();
  const { isSending, error, onSubmit } = useSubmit((fields) =>
    session.signIn({ email: textField(fields, 'email'), password: textField(fields, 'password') }),
  );

  return (
    <AuthLayout
      appTitle={config.appTitle}
      title="Sign in"
      lead={expired ? 'Your session has ended. Sign in again to go on.' : 'Good to see you again.'}
    >
      <form onSubmit={onSubmit} className="grid gap-5">
        <Field label="Email" name="email" type="email" autoComplete="email" required />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {error && <ErrorCard error={error} announce />}
        <Button
          type="submit"
          look="primary"
          className="min-h-11 text-body"
          aria-disabled={isSending}
        >
          {isSending ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
      {config.registrationEnabled && (
        <p className="mt-6 text-body text-ink-soft">
          No account yet?{' '}
          <Link to="/sign-up" className="font-medium text-accent-ink underline underline-offset-2">
            Create one
          </Link>
        </p>
      )}
    </AuthLayout>
  );
}
