import { DialogDisclosure, DialogProvider } from '@ariakit/react';
import { useModels } from '@openrouter-native/react';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { baseIdOf, variantOf } from '../../models/families.ts';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { ModelDialog } from './ModelDialog.tsx';
import { variantTexts } from './variant-texts.ts';

/** The button with the chosen model, and the dialog in which another one is chosen. */
export function ModelPicker({
  chosenId,
  onChoose,
  isOpen: isOpenAbove,
  onOpenChange,
}: {
  chosenId: string | null;
  onChoose: (id: string) => void;
  /** Where something else opens it as well. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation();
  const [isOpenHere, setIsOpenHere] = useState(false);
  const isOpen = isOpenAbove ?? isOpenHere;
  const setIsOpen = onOpenChange ?? setIsOpenHere;
  const { data: catalogue } = useModels();
  const chosen = catalogue?.models.find(({ id }) => chosenId && id === baseIdOf(chosenId));
  const variant = chosenId === null ? 'standard' : variantOf(chosenId);

  function choose(id: string) {
    onChoose(id);
    setIsOpen(false);
  }

  return (
    <DialogProvider open={isOpen} setOpen={setIsOpen}>
      <DialogDisclosure
        className={`inline-flex min-h-9 min-w-0 items-center gap-2 rounded-md px-2.5 text-body font-medium transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11 ${chosenId === null ? 'bg-accent-soft text-accent-ink' : ''}`}
      >
        {chosen && <AuthorMark author={authorOf(chosen)} size={20} />}
        <span className="truncate">
          <span className="sr-only">{t('picker.model')}</span>
          {chosen ? shortName(chosen) : (chosenId ?? t('picker.title'))}
          {chosen && variant !== 'standard' && (
            <span className="font-normal text-ink-faint"> {t(variantTexts[variant][0])}</span>
          )}
        </span>
        <ChevronDown size={16} aria-hidden="true" className="shrink-0 opacity-70" />
      </DialogDisclosure>
      <ModelDialog title={t('picker.title')} chosenId={chosenId} onChoose={choose} />
    </DialogProvider>
  );
}
