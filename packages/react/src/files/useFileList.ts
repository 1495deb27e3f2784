import type { StoredFile } from '@openrouter-native/protocol';
import { useQuery } from '@tanstack/react-query';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useFilesApi } from './FilesProvider.tsx';

/** The files of the person. */
export interface FileList {
  /** Newest first; `undefined` until they are there. */
  data: StoredFile[] | undefined;
  error: OpenRouterApiError | null;
}

/** Reads the list of files. @param isWanted - Whether anybody wants to know. */
export function useFileList(isWanted: boolean): FileList {
  const api = useFilesApi();
  const { data, error } = useQuery({
    queryKey: [...queryKeys.files, 'list'],
    queryFn: ({ signal }) => api.list(signal),
    enabled: isWanted,
    retry: false,
  });
  return { data, error: error ? toApiError(error) : null };
}
