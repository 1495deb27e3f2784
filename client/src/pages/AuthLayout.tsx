import type { ReactNode } from 'react';
import { Logo } from '../components/ui/Logo.tsx';
import { LanguageSelect } from '../i18n/LanguageSelect.tsx';
import { ThemeSwitch } from '../theme/ThemeSwitch.tsx';

/** The frame of the pages before somebody has signed in. */
export function AuthLayout({
  appTitle,
  title,
  lead,
  children,
}: {
  appTitle: string;
  title: string;
  lead: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${title} · ${appTitle}`}</title>
      <main className="m-auto w-full max-w-104 px-5 py-10">
        <p className="mb-10 flex items-center gap-3 font-medium">
          <Logo size={32} />
          {appTitle}
        </p>
        <h1 className="text-display font-semibold">{title}</h1>
        <p className="mt-2 mb-8 text-body text-ink-soft">{lead}</p>
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-center gap-x-6 gap-y-3 px-5 pb-8">
        <ThemeSwitch />
        <LanguageSelect />
      </footer>
    </div>
  );
}
