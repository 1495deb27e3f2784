import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';

const CONFIRMED_MS = 1600;

/** Copies what `getText` gives at the time of the click. */
export function CopyButton({
  label,
  getText,
  className,
}: {
  label: string;
  getText: () => string;
  className?: string;
}) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(getText());
      setOutcome('copied');
    } catch {
      setOutcome('refused'); // No permission, or plain http from another machine.
    }
  }

  const words = { copied: t('common.copied'), refused: t('common.copyRefused') };
  return (
    <>
      <IconButton
        label={outcome ? words[outcome] : label}
        icon={outcome === 'copied' ? <Check size={16} /> : <Copy size={16} />}
        onClick={() => void copy()}
        {...(className === undefined ? {} : { className })}
      />
      <span role="status" className="sr-only">
        {outcome && words[outcome]}
      </span>
    </>
  );
}
