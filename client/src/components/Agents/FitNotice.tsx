import type { Model } from '@openrouter-native/protocol';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { Button } from '../ui/Button.tsx';

/** Why the agent would not work as it is, with models that would do as one-click choices. */
export function FitNotice({
  text,
  suggestions,
  onChoose,
}: {
  text: string;
  suggestions: readonly Model[];
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="status" className="flex gap-3 rounded-lg bg-warn-soft px-4 py-3">
      <TriangleAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 space-y-2 text-small">
        <p className="wrap-anywhere">{text}</p>
        {suggestions.length > 0 && (
          <>
            <p className="text-ink-soft">{t('agents.wouldDo')}</p>
            <p className="flex flex-wrap gap-2">
              {suggestions.map((model) => (
                <Button key={model.id} onClick={() => onChoose(model.id)}>
                  <AuthorMark author={authorOf(model)} size={18} />
                  {shortName(model)}
                </Button>
              ))}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
