import { Dialog } from '@ariakit/react';
import type { Thread } from '@openrouter-native/react';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsChoice } from '../../chats/useAnswerSettings.ts';
import { textsAreThere } from '../../i18n/late-texts.ts';
import { SETTINGS_BUTTON_ID } from './settings-button-id.ts';
import type { TypedTexts } from './typed-texts.ts';

const load = () => import('./SettingsPanel.tsx');

/** Fetches the panel before it is opened. */
export function preloadSettings(): void {
  void load();
}

const SettingsPanel = lazy(async () => {
  const [{ SettingsPanel: component }] = await Promise.all([load(), textsAreThere()]);
  return { default: component };
});

/** Where there is room for the chat and the panel side by side. */
const WIDE = '(width >= 64rem)';

/** The settings beside the chat, or where that leaves no room above it. */
export function SettingsFrame({
  thread,
  choice,
  isReady,
  isOpen,
  onClose,
}: {
  thread: Thread;
  choice: SettingsChoice;
  /** What the server keeps for the conversation is known. */
  isReady: boolean;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const isWide = useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
  const [texts] = useState(() => new WeakMap<Thread, TypedTexts>());
  const typed: TypedTexts = texts.get(thread) ?? new Map();
  texts.set(thread, typed);
  // Once per opening: another conversation draws the panel anew, while its reader is elsewhere.
  const isFocused = useRef(false);
  useEffect(() => {
    if (!isOpen) isFocused.current = false;
  }, [isOpen]);
  const focusOnce = useCallback((heading: HTMLElement | null) => {
    if (!heading || isFocused.current) return;
    isFocused.current = true;
    heading.focus();
  }, []);
  const waiting = (
    <p role="status" className="h-full bg-canvas p-4 text-small text-ink-faint">
      {t('common.loading')}
    </p>
  );
  const close = useCallback(() => {
    onClose();
    document.getElementById(SETTINGS_BUTTON_ID)?.focus();
  }, [onClose]);
  const content = isReady ? (
    <Suspense fallback={waiting}>
      <SettingsPanel
        settings={choice.settings}
        onChange={choice.change}
        typed={typed}
        headingRef={focusOnce}
        onClose={close}
      />
    </Suspense>
  ) : (
    waiting
  );

  if (!isWide) {
    return (
      <Dialog
        open={isOpen}
        onClose={onClose}
        unmountOnHide
        aria-label={t('common.settings')}
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-y-0 right-0 z-40 w-full animate-enter shadow-float outline-none sm:w-104"
      >
        {content}
      </Dialog>
    );
  }
  return isOpen ? (
    <aside aria-label={t('common.settings')} className="w-96 shrink-0 border-l border-line">
      {content}
    </aside>
  ) : null;
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
