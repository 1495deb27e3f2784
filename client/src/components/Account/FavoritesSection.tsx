import { useFavoriteModels } from '@openrouter-native/react';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModelIndex } from '../../models/useModelIndex.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Section.tsx';

/** The models that stand at the top of the picker: their order, and the way out. */
export function FavoritesSection() {
  const { t } = useTranslation();
  const { models, toggle, reorder, isLoading, error } = useFavoriteModels();
  const { byId } = useModelIndex();
  const [news, setNews] = useState('');

  function move(from: number, to: number, name: string) {
    const id = models[from];
    if (id === undefined) return;
    reorder(models.toSpliced(from, 1).toSpliced(to, 0, id));
    setNews(t('account.moved', { name, position: to + 1, total: models.length }));
  }

  return (
    <Section title={t('account.favorites')} lead={t('account.favoritesLead')}>
      {error && <ErrorCard error={error.details} announce />}
      {isLoading && <p aria-busy="true">{t('common.loading')} …</p>}
      {models.length === 0 && !error && !isLoading && (
        <p className="text-ink-soft">{t('account.favoritesNone')}</p>
      )}
      <ol className="divide-y divide-line">
        {models.map((id, at) => {
          const model = byId.get(id);
          const name = model?.name ?? id;
          return (
            <li key={id} className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
              <AuthorMark author={id.split('/')[0] ?? id} size={26} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{name}</span>
                <span className="block truncate text-small text-ink-faint">
                  {id}
                  {byId.size > 0 && !model && ` · ${t('account.favoriteGone')}`}
                </span>
              </span>
              <span className="flex shrink-0">
                <IconButton
                  label={t('account.moveUp', { name })}
                  icon={<ArrowUp size={16} />}
                  isDisabled={at === 0}
                  onClick={() => move(at, at - 1, name)}
                />
                <IconButton
                  label={t('account.moveDown', { name })}
                  icon={<ArrowDown size={16} />}
                  isDisabled={at === models.length - 1}
                  onClick={() => move(at, at + 1, name)}
                />
                <IconButton
                  label={t('account.removeFavorite', { name })}
                  icon={<X size={16} />}
                  onClick={() => {
                    toggle(id);
                    setNews(t('account.removed', { name }));
                  }}
                />
              </span>
            </li>
          );
        })}
      </ol>
      <p role="status" className="sr-only">
        {news}
      </p>
    </Section>
  );
}
