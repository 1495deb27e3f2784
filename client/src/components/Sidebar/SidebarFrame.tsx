import { Dialog } from '@ariakit/react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { pageIsUsable } from '../ui/when-idle.ts';

/** Comes after the field for the first question, which needs the way to the server for itself. */
const Sidebar = lazy(async () => {
  await pageIsUsable();
  const { Sidebar: component } = await import('./Sidebar.tsx');
  return { default: component };
});

/** The sidebar beside the page, or on a narrow screen above it. */
export function SidebarFrame({
  isOpen,
  onClose,
  onGone,
}: {
  isOpen: boolean;
  onClose: () => void;
  onGone: (conversationId: string) => void;
}) {
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  const content = (
    <Suspense>
      <Sidebar onOpen={isNarrow ? onClose : stay} onClose={onClose} onGone={onGone} />
    </Suspense>
  );

  if (isNarrow) {
    return (
      <Dialog
        open={isOpen}
        onClose={onClose}
        unmountOnHide
        aria-label={t('sidebar.label')}
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-y-0 left-0 z-40 w-[min(20rem,85vw)] animate-enter shadow-float outline-none"
      >
        {content}
      </Dialog>
    );
  }
  return isOpen ? <div className="w-68 shrink-0 border-r border-line">{content}</div> : null;
}

function stay(): void {
  // There is room for both.
}
