import { useCallback, useState } from 'react';

const KEY = 'openrouter-native:model';

/** The model for the next question, remembered in this browser; `null` until one was chosen. */
export function useChosenModel(): [string | null, (id: string) => void] {
  const [id, setId] = useState(() => localStorage.getItem(KEY));
  const choose = useCallback((next: string) => {
    localStorage.setItem(KEY, next);
    setId(next);
  }, []);
  return [id, choose];
}
