import { ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const STARTERS = ['explain', 'write', 'compare', 'plan'] as const;

/** What a conversation looks like before it begins: a greeting and a few ways to start. */
export function EmptyChat({ name, onStart }: { name: string; onStart: (prompt: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="m-auto w-full max-w-176 px-4 py-8">
      <h2 className="text-display font-semibold">{t('chat.greeting', { name })}</h2>
      <p className="mt-2 text-ink-soft">{t('chat.greetingHint')}</p>
      <ul className="mt-8 grid gap-2.5 sm:grid-cols-2">
        {STARTERS.map((starter) => (
          <li key={starter}>
            <button
              type="button"
              onClick={() => onStart(t(`chat.${starter}Prompt`))}
              className="group flex h-full min-h-11 w-full items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3.5 text-left transition-colors hover:border-line-strong"
            >
              <span className="flex-1">
                <span className="block text-small font-medium">{t(`chat.${starter}`)}</span>
                <span className="mt-0.5 block text-small text-ink-soft">
                  {t(`chat.${starter}Prompt`)}
                </span>
              </span>
              <ArrowUpRight
                size={16}
                aria-hidden="true"
                className="mt-0.5 shrink-0 text-ink-faint transition-colors group-hover:text-ink"
              />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
