import type { HostConfig } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation();
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
      title={t(config.setup ? 'auth.welcome' : 'auth.createAccount')}
      lead={t(config.setup ? 'auth.firstAccount' : 'auth.signUpLead')}
    >
      <form onSubmit={onSubmit} className="grid gap-5">
        <Field label={t('auth.name')} name="name" autoComplete="name" required />
        <Field label={t('auth.email')} name="email" type="email" autoComplete="email" required />
        <Field
          label={t('auth.password')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD_LENGTH}
          hint={t('auth.passwordHint', { count: MIN_PASSWORD_LENGTH })}
          required
        />
        {error && (
          <ErrorCard
            error={error}
            text={
              error.reason === 'conflict'
                ? { message: t('auth.emailTaken'), action: t('auth.emailTakenAction') }
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
          {t(isSending ? 'auth.creating' : 'auth.create')}
        </Button>
      </form>
      {!config.setup && (
        <p className="mt-6 text-body text-ink-soft">
          {t('auth.haveAccount')}{' '}
          <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-2">
            {t('auth.signIn')}
          </Link>
        </p>
      )}
    </AuthLayout>
  );
}
