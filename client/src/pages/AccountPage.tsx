import type { HostConfig, User } from '@openrouter-native/protocol';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FavoritesSection } from '../components/Account/FavoritesSection.tsx';
import { KeySection } from '../components/Account/KeySection.tsx';
import { Header } from '../components/Header/Header.tsx';
import { TokensSection } from '../components/Tokens/TokensSection.tsx';
import { buttonClass } from '../components/ui/Button.tsx';
import { Fact, Facts } from '../components/ui/Facts.tsx';
import { Section } from '../components/ui/Section.tsx';
import { LanguageSelect } from '../i18n/LanguageSelect.tsx';
import { ThemeSwitch } from '../theme/ThemeSwitch.tsx';

/** What belongs to one person: the profile, the key, favourites, and how the page looks and speaks. */
export function AccountPage({ config, user }: { config: HostConfig; user: User }) {
  const { t } = useTranslation();
  const isAdmin = user.role === 'ADMIN';
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${t('account.title')} · ${config.appTitle}`}</title>
      <Header appTitle={config.appTitle} user={user}>
        <Link to="/" className={buttonClass('quiet')}>
          <ArrowLeft size={16} aria-hidden="true" />
          {t('common.back')}
        </Link>
      </Header>
      <main className="mx-auto w-full max-w-200 px-4 py-8">
        <h1 className="mb-4 text-display font-semibold">{t('account.title')}</h1>
        <Section title={t('account.profile')}>
          <Facts>
            <Fact name={t('account.name')}>{user.name}</Fact>
            <Fact name={t('account.email')}>{user.email}</Fact>
            <Fact name={t('account.role')}>
              {t(isAdmin ? 'account.roleAdmin' : 'account.roleUser')}
            </Fact>
          </Facts>
        </Section>
        <KeySection config={config} isAdmin={isAdmin} />
        <TokensSection />
        <FavoritesSection />
        <Section title={t('account.appearance')}>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
            <ThemeSwitch />
            <LanguageSelect />
          </div>
        </Section>
      </main>
    </div>
  );
}
