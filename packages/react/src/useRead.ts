import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { ReadOptions } from './api/api.ts';
import { isOpenRouterApiError, toApiError, type OpenRouterApiError } from './api/error.ts';

/** What a reading hook knows. Data and error can both be there: then a refresh failed. */
export interface ReadResult<T> {
  data: T | undefined;
  error: OpenRouterApiError | null;
  isFetching: boolean;
  /** Asks OpenRouter itself, past the server's cache; the outcome shows in `data` or `error`. */
  refresh: () => Promise<void>;
}

/** Key, reader and freshness of one kind of answer. */
export interface ReadQuery<T> {
  queryKey: readonly string[];
  read: (options: ReadOptions) => Promise<T>;
  staleTimeMs: number;
  /** `false` asks for nothing, and gives what is known. @defaultValue true */
  isWanted?: boolean;
}

const MAX_RETRIES = 2;

/**
 * A query whose refresh goes past the server's cache. Speaks only the part of TanStack Query that
 * versions 4 and 5 share.
 */
export function useRead<T>({
  queryKey,
  read,
  staleTimeMs,
  isWanted = true,
}: ReadQuery<T>): ReadResult<T> {
  const forceNext = useRef(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const force = forceNext.current;
      forceNext.current = false;
      return read({ force, signal });
    },
    staleTime: staleTimeMs,
    enabled: isWanted,
    retry: (failures: number, failure: unknown) =>
      failures < MAX_RETRIES && isOpenRouterApiError(failure) && failure.details.retryable,
  });

  const refresh = useCallback(async () => {
    forceNext.current = true;
    await refetch();
  }, [refetch]);

  return { data, error: error ? toApiError(error) : null, isFetching, refresh };
}
