import type { HostConfig } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { Field } from '../components/ui/Field.tsx';
import { useServices } from '../services-context.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { textField, useSubmit } from './useSubmit.ts';

/** @param expired - A session ended by itself, so the reader is told why they are here. */
export function SignInPage({ config, expired }: { config: HostConfig; expired: boolean }) {
  const { t } = useTranslation();
  const { session } = useServices();
  const { isSending, error, onSubmit } = useSubmit((fields) =>
    session.signIn({ email: textField(fields, 'email'), password: textField(fields, 'password') }),
  );

  return (
    <AuthLayout
      appTitle={config.appTitle}
      title={t('auth.signIn')}
      lead={t(expired ? 'auth.sessionEnded' : 'auth.signInLead')}
    >
      <form onSubmit={onSubmit} className="grid gap-5">
        <Field label={t('auth.email')} name="email" type="email" autoComplete="email" required />
        <Field
          label={t('auth.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {error && (
          <ErrorCard
            error={error}
            text={
              error.reason === 'unauthenticated'
                ? { message: t('auth.wrongCredentials'), action: t('auth.wrongCredentialsAction') }
                : undefined
            }
            announce
          />
        )}
        <Button
          type="submit"
          look="primary"
          className="min-h-11 text-body"
          aria-disabled={isSending}
        >
          {t(isSending ? 'auth.signingIn' : 'auth.signIn')}
        </Button>
      </form>
      {config.registrationEnabled && (
        <p className="mt-6 text-body text-ink-soft">
          {t('auth.noAccount')}{' '}
          <Link to="/sign-up" className="font-medium text-accent-ink underline underline-offset-2">
            {t('auth.createOne')}
          </Link>
        </p>
      )}
    </AuthLayout>
  );
}
