import type { HostConfig, HostEndpoints, ProviderStatus } from '@openrouter-native/protocol';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { hostKeys } from './query-keys.ts';
import { useServices } from '../services-context.ts';

/** What the host is and offers; it changes with a restart only. */
export function useHostConfig(): UseQueryResult<HostConfig> {
  const { host } = useServices();
  return useQuery({
    queryKey: hostKeys.config,
    queryFn: ({ signal }) => host.getConfig(signal),
    staleTime: Infinity,
  });
}

/** The providers that can be chosen. */
export function useEndpoints(): UseQueryResult<HostEndpoints> {
  const { host } = useServices();
  return useQuery({
    queryKey: hostKeys.endpoints,
    queryFn: ({ signal }) => host.getEndpoints(signal),
    staleTime: 60_000,
  });
}

/** For administrators; others get a refusal. */
export function useProviderStatus(): UseQueryResult<ProviderStatus> {
  const { host } = useServices();
  return useQuery({
    queryKey: hostKeys.providerStatus,
    queryFn: ({ signal }) => host.getProviderStatus(signal),
  });
}
