import { useEffect, useState } from 'react';

/** An address for bytes that this page has, for as long as it shows them. */
export function useObjectUrl(blob: Blob | null | undefined): string | null {
  const [shown, setShown] = useState<{ blob: Blob; url: string } | null>(null);

  useEffect(() => {
    if (!blob) return;
    const url = URL.createObjectURL(blob);
    // An address lives outside of React, and has to be given back.
    // oxlint-disable-next-line react/set-state-in-effect
    setShown({ blob, url });
    return () => URL.revokeObjectURL(url);
  }, [blob]);

  return shown && shown.blob === blob ? shown.url : null;
}
