import { FlaskConical, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './ui/IconButton.tsx';

const KEY = 'openrouter-native:simulator-banner-dismissed';

/** Says that nothing here is real, and how to make it so. Can be put away until the tab is closed. */
export function SimulatorBanner() {
  const [isDismissed, setIsDismissed] = useState(() => sessionStorage.getItem(KEY) !== null);
  if (isDismissed) return null;

  function dismiss() {
    sessionStorage.setItem(KEY, 'true');
    setIsDismissed(true);
  }

  return (
    <aside
      aria-label="Simulator"
      className="flex shrink-0 items-start gap-3 bg-warn-soft py-1 pr-2 pl-4 text-small sm:items-center"
    >
      <FlaskConical size={16} aria-hidden="true" className="mt-1 shrink-0 text-warn sm:mt-0" />
      <p className="flex-1 py-1">
        <strong className="font-semibold">This is the embedded simulator,</strong> because no key is
        set: answers are made up and no money is spent. To talk to OpenRouter, put{' '}
        <code className="font-mono">OPENROUTER_API_KEY</code> into{' '}
        <code className="font-mono">.env</code> and restart.
      </p>
      <IconButton label="Put this notice away" icon={<X size={16} />} onClick={dismiss} />
    </aside>
  );
}
