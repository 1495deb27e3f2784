import type { Endpoint } from '../endpoints/endpoints.ts';
import type { Random } from '../generate/seed.ts';
import { matchesSlug, type RoutingNeeds } from './filter.ts';
import type { PercentileBounds, SortKey } from './preferences.ts';

type Rank = (endpoint: Endpoint) => number;

const SORT_RANKS: Record<SortKey, Rank> = {
  price: priceRank,
  throughput: ({ tokensPerSecond }) => -tokensPerSecond.p50,
  latency: ({ latencyMs }) => latencyMs.p50,
  // Tool-call quality goes with precision: what is not quantized comes first.
  exacto: ({ quantization, uptime }) =>
    (quantization === 'unknown' || quantization?.endsWith('16') ? 0 : 1000) - uptime.last1d,
};

/**
 * The order in which endpoints are tried. An explicit `order` comes first, then a sort key (the last
 * sorting suffix of the id wins over `provider.sort`); without either the cheapest healthy endpoint
 * comes first, chance deciding between equals. Endpoints that miss a preferred speed move to the end.
 */
export function orderEndpoints(
  endpoints: readonly Endpoint[],
  needs: RoutingNeeds,
  random: Random,
): readonly Endpoint[] {
  const { preferences } = needs;
  const sort = sortOf(needs);
  const rank = sort === null ? balancedRank(random) : SORT_RANKS[sort];
  const missesSpeed: Rank = (endpoint) => (isPreferred(endpoint, needs) ? 0 : 1);
  const tierRank: Rank = ({ tier }) => (tier === needs.serviceTier ? 0 : 1);
  const orderRank: Rank = (endpoint) => {
    const position = preferences.order?.findIndex((slug) => matchesSlug(endpoint, slug)) ?? -1;
    return position < 0 ? Infinity : position;
  };

  const ranked = [...endpoints].map((endpoint) => ({
    endpoint,
    ranks: [
      orderRank(endpoint),
      sort === null ? tierRank(endpoint) : 0,
      missesSpeed(endpoint),
      rank(endpoint),
    ],
  }));
  ranked.sort((one, other) => compareRanks(one.ranks, other.ranks));
  return ranked.map(({ endpoint }) => endpoint);
}

/** What a request sorts by; `null` leaves the choice to load balancing. */
export function sortOf({ preferences, variants }: RoutingNeeds): SortKey | null {
  const suffix = variants.findLast((variant) => variant !== 'online');
  if (suffix === 'nitro') return 'throughput';
  if (suffix === 'floor') return 'price';
  if (suffix === 'exacto') return 'exacto';
  return preferences.sort;
}

function balancedRank(random: Random): Rank {
  return (endpoint) =>
    (endpoint.status < 0 ? 1e6 : 0) + priceRank(endpoint) * 1e3 + random.next() * 1e-6;
}

function priceRank({ pricing }: Endpoint): number {
  return Number(pricing.prompt) + Number(pricing.completion);
}

function isPreferred(endpoint: Endpoint, { preferences }: RoutingNeeds): boolean {
  const { preferredMinThroughput, preferredMaxLatency } = preferences;
  const fastEnough = within(preferredMinThroughput, (percentile, bound) => {
    return endpoint.tokensPerSecond[percentile] >= bound;
  });
  const soonEnough = within(preferredMaxLatency, (percentile, bound) => {
    return endpoint.latencyMs[percentile] <= bound * 1000;
  });
  return fastEnough && soonEnough;
}

function within(
  bounds: PercentileBounds | null,
  holds: (percentile: keyof PercentileBounds, bound: number) => boolean,
): boolean {
  return Object.entries(bounds ?? {}).every(([percentile, bound]) =>
    holds(percentile as keyof PercentileBounds, bound),
  );
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const position = one.findIndex((rank, index) => rank !== other[index]);
  return position < 0 ? 0 : (one[position] as number) - (other[position] as number);
}
