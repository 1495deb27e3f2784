import { useQuery } from '@tanstack/react-query';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useFilesApi } from './FilesProvider.tsx';

/** The bytes of a file. */
export interface FileContent {
  /** `undefined` until they are there. */
  blob: Blob | undefined;
  error: OpenRouterApiError | null;
  reload: () => void;
}

/** Bytes of a file never change; kept for a while after nobody shows them. Milliseconds. */
const KEEP_MS = 60_000;

/** Reads a file, once for all who show it. @param fileId - `null` reads nothing. */
export function useFileContent(fileId: string | null): FileContent {
  const api = useFilesApi();
  const { data, error, refetch } = useQuery({
    queryKey: [...queryKeys.files, fileId],
    queryFn: ({ signal }) => api.read(fileId ?? '', signal),
    enabled: fileId !== null,
    staleTime: Infinity,
    gcTime: KEEP_MS,
    cacheTime: KEEP_MS, // As version 4 calls it.
    retry: false,
  } as Parameters<typeof useQuery<Blob>>[0]);
  return {
    blob: data,
    error: error ? toApiError(error) : null,
    reload: () => void refetch(),
  };
}
