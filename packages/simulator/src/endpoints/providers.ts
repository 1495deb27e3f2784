/** One entry of the provider directory, with what routing and billing need to know about it. */
export interface Provider {
  /** What answers carry as `provider`. */
  readonly name: string;
  /** What `provider.order` and its like take. */
  readonly slug: string;
  /** ISO 3166 code; `null` when unknown. */
  readonly headquarters: string | null;
  /** What happens to prompts: nothing is kept, they are logged, or they train models. */
  readonly retains: 'nothing' | 'logs' | 'trains';
  /** Leaving a stream stops generation and billing. */
  readonly stopsOnAbort: boolean;
  /** Offers other authors' open models. */
  readonly hostsOpenModels: boolean;
  /** Service tiers beside the standard one. */
  readonly tiers: readonly ('priority' | 'flex')[];
}

/** Name, slug, country, retention, and marks: `a` stops on abort, `h` hosts, `p`/`f` tiers. */
const ROWS = `
OpenAI|openai|US|logs|apf
Anthropic|anthropic|US|logs|a
Google|google-vertex|US|nothing|pf
Google AI Studio|google-ai-studio|US|logs|pf
Amazon Bedrock|amazon-bedrock|US|nothing|
Azure|azure|US|nothing|a
xAI|xai|US|logs|ap
DeepSeek|deepseek|CN|trains|a
Mistral|mistral|FR|logs|
Cohere|cohere|CA|logs|a
Groq|groq|US|nothing|h
Cerebras|cerebras|US|nothing|h
DeepInfra|deepinfra|US|nothing|ah
Together|together|US|nothing|ah
Fireworks|fireworks|US|nothing|ah
Novita|novita|US|logs|ah
Parasail|parasail|US|nothing|h
SiliconFlow|siliconflow|SG|logs|h
Chutes|chutes|US|trains|ah
BaseTen|baseten|US|nothing|h
Nebius|nebius|NL|nothing|h
SambaNova|sambanova|US|nothing|h
Cloudflare|cloudflare|US|nothing|ah
Friendli|friendli|US|nothing|ah
AtlasCloud|atlas-cloud|US|nothing|h
GMICloud|gmicloud|US|nothing|h
Venice|venice|US|nothing|h
Alibaba|alibaba|SG|logs|
Moonshot AI|moonshotai|CN|logs|
Z.AI|z-ai|CN|logs|
Minimax|minimax|CN|logs|
Perplexity|perplexity|US|logs|
Nvidia|nvidia|US|trains|h
WandB|wandb|US|nothing|h
Phala|phala|SG|nothing|h
Inception|inception|US|logs|
AI21|ai21|IL|logs|
AionLabs|aion-labs|US|logs|
Arcee AI|arcee-ai|US|nothing|
Baidu|baidu|CN|logs|
Crusoe|crusoe|US|nothing|h
DekaLLM|dekallm|ID|logs|h
Io Net|io-net|US|nothing|h
Mancer 2|mancer|US|nothing|a
Meta|meta|US|trains|
Morph|morph|US|nothing|
Poolside|poolside|US|trains|
Relace|relace|US|nothing|
StepFun|stepfun|CN|logs|
Tencent|tencent|CN|logs|
Xiaomi|xiaomi|CN|logs|
Liquid|liquid|US|nothing|a
Nex AGI|nex-agi|SG|logs|
Perceptron|perceptron|US|nothing|
Reka|reka|US|logs|
Sakana AI|sakana-ai|JP|logs|
Seed|seed|SG|logs|
Stealth|stealth||trains|
StreamLake|streamlake|CN|logs|
Thinking Machines|thinking-machines|US|nothing|
Upstage|upstage|KR|logs|
`;

/** All providers, in the directory's order. */
export const providers: readonly Provider[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [name = '', slug = '', headquarters, retains, marks = ''] = row.split('|');
    return {
      name,
      slug,
      headquarters: headquarters || null,
      retains: retains as Provider['retains'],
      stopsOnAbort: marks.includes('a'),
      hostsOpenModels: marks.includes('h'),
      tiers: [
        ...(marks.includes('p') ? (['priority'] as const) : []),
        ...(marks.includes('f') ? (['flex'] as const) : []),
      ],
    };
  });

const bySlug = new Map(providers.map((provider) => [provider.slug, provider]));

/** @throws RangeError for a slug that is not in the directory. */
function providerBySlug(slug: string): Provider {
  const provider = bySlug.get(slug);
  if (!provider) throw new RangeError(`No provider ${slug}`);
  return provider;
}

/** Who serves an author's own models; further slugs are clouds that resell them. */
const FIRST_PARTIES: Readonly<Record<string, readonly string[]>> = {
  openai: ['openai', 'azure'],
  anthropic: ['anthropic', 'amazon-bedrock', 'google-vertex'],
  google: ['google-vertex', 'google-ai-studio'],
  'x-ai': ['xai'],
  deepseek: ['deepseek'],
  mistralai: ['mistral'],
  cohere: ['cohere'],
  amazon: ['amazon-bedrock'],
  moonshotai: ['moonshotai'],
  'z-ai': ['z-ai'],
  minimax: ['minimax'],
  perplexity: ['perplexity'],
  nvidia: ['nvidia'],
  inception: ['inception'],
  'aion-labs': ['aion-labs'],
  'arcee-ai': ['arcee-ai'],
  baidu: ['baidu'],
  mancer: ['mancer'],
  meta: ['meta'],
  morph: ['morph'],
  poolside: ['poolside'],
  relace: ['relace'],
  stepfun: ['stepfun'],
  tencent: ['tencent'],
  xiaomi: ['xiaomi'],
  liquid: ['liquid'],
  'nex-agi': ['nex-agi'],
  perceptron: ['perceptron'],
  rekaai: ['reka'],
  sakana: ['sakana-ai'],
  'bytedance-seed': ['seed'],
  bytedance: ['seed'],
  stealth: ['stealth'],
  kwaipilot: ['streamlake'],
  thinkingmachines: ['thinking-machines'],
  upstage: ['upstage'],
  qwen: ['alibaba'],
};

export function firstParties(author: string): readonly Provider[] {
  return (FIRST_PARTIES[author] ?? []).map(providerBySlug);
}

export const openModelHosts: readonly Provider[] = providers.filter(
  ({ hostsOpenModels }) => hostsOpenModels,
);
