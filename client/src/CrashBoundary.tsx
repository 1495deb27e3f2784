import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './components/ui/Button.tsx';

/** Words and a way on when a page cannot be drawn, or a part of it cannot be loaded. */
export class CrashBoundary extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override readonly state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override render() {
    return this.state.hasCrashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useTranslation();
  return (
    <main
      role="alert"
      className="mx-auto flex min-h-dvh max-w-104 flex-col items-center justify-center px-5 text-center"
    >
      <h1 className="text-display font-semibold">{t('common.crashed')}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{t('common.crashedText')}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {t('common.reload')}
      </Button>
    </main>
  );
}
