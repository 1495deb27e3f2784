import { Dialog, DialogHeading } from '@ariakit/react';
import type { CreateAppToken, CreatedAppToken } from '@openrouter-native/protocol';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogClose } from '../ui/DialogClose.tsx';
import { NewToken } from './NewToken.tsx';
import { TokenForm } from './TokenForm.tsx';

/** Asks what a token may do, and then shows the token, this one time. */
export function CreateTokenDialog({
  onCreate,
  onClose,
}: {
  /** Rejects with `OpenRouterApiError`. */
  onCreate: (request: CreateAppToken) => Promise<CreatedAppToken>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const [created, setCreated] = useState<CreatedAppToken | null>(null);

  useEffect(() => {
    if (created) headingRef.current?.focus(); // What was pressed is gone.
  }, [created]);

  return (
    <Dialog
      open
      onClose={onClose}
      hideOnInteractOutside={created === null} // The token would be gone.
      backdrop={<div className="bg-backdrop" />}
      className="fixed inset-0 z-40 m-auto flex max-h-dvh flex-col overflow-hidden bg-surface shadow-float outline-none sm:h-fit sm:max-h-[92dvh] sm:w-[min(32rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
    >
      <div className="flex min-h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-5">
        <DialogHeading
          ref={headingRef}
          tabIndex={-1}
          className="min-w-0 flex-1 truncate font-semibold outline-none"
        >
          {created ? t('tokens.created', { name: created.name }) : t('tokens.createTitle')}
        </DialogHeading>
        <DialogClose />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        {created ? (
          <NewToken token={created.token} onDone={onClose} />
        ) : (
          <TokenForm onCreate={async (request) => setCreated(await onCreate(request))} />
        )}
      </div>
    </Dialog>
  );
}
