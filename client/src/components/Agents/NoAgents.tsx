import { Bot, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';

/** What agents are, for somebody who has none. */
export function NoAgents() {
  const { t } = useTranslation();
  return (
    <div className="mx-auto max-w-104 py-16 text-center">
      <span className="mx-auto grid size-14 place-items-center rounded-xl bg-accent-soft text-accent-ink">
        <Bot size={26} aria-hidden="true" />
      </span>
      <h2 className="mt-5 text-title font-semibold">{t('agents.none')}</h2>
      <p className="mt-2 text-ink-soft">{t('agents.whatTheyAre')}</p>
      <Link to="/agents/new" className={buttonClass('primary', 'mt-6')}>
        <Plus size={16} aria-hidden="true" />
        {t('agents.createFirst')}
      </Link>
    </div>
  );
}
