import type { AnswerSettings, BranchMessage } from '@openrouter-native/react';
import { useCredits } from '@openrouter-native/react';
import { TriangleAlert } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { baseIdOf } from '../../models/families.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { useKeyGap } from '../Account/useKeyGap.ts';
import { isSurelyUnpayable, previewCost, type CostPreview } from './cost-preview.ts';
import type { SizedFile } from './estimate-tokens.ts';

/** Tokens so far and what the answer may cost, while a message is being written. Always called an estimate. */
export function PromptEstimate({
  settings,
  index,
  branch,
  text,
  files,
}: {
  settings: AnswerSettings;
  index: ModelIndex;
  branch: readonly BranchMessage[];
  text: string;
  files: readonly SizedFile[];
}) {
  const { t } = useTranslation();
  const { data: credits } = useCredits(useKeyGap() === 'none');
  const written = useDeferredValue(text); // Typing comes first.
  const { model: id, promptPrefix, model_parameters: parameters } = settings;
  const model = id == null ? undefined : (index.byId.get(id) ?? index.byId.get(baseIdOf(id)));
  const maxTokens = Number(parameters?.['max_tokens'] ?? parameters?.['max_completion_tokens']);
  const preview = useMemo(
    () =>
      previewCost({
        model,
        branch,
        text: written,
        files,
        instructions: promptPrefix ?? '',
        maxTokens: maxTokens > 0 ? maxTokens : null,
      }),
    [model, branch, written, files, promptPrefix, maxTokens],
  );
  if (!model) return null;
  return (
    <>
      {preview.isTooLong && <Warning>{t('composer.tooLong')}</Warning>}
      {isSurelyUnpayable(preview, credits?.balance ?? null) && (
        <Warning>
          {t('composer.unpayable')}{' '}
          <a
            href="https://openrouter.ai/settings/credits"
            target="_blank"
            rel="noopener noreferrer"
            className="underline underline-offset-2"
          >
            {t('common.addCredits')}
          </a>
        </Warning>
      )}
      <EstimateText preview={preview} />
    </>
  );
}

function EstimateText({ preview: { promptTokens, isMore, cost } }: { preview: CostPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = t(isMore ? 'composer.tokensAndMore' : 'composer.tokens', {
    tokens: format.count(promptTokens),
  });
  return (
    <span title={t('composer.estimateHint')} className="tabular-nums">
      {t('composer.estimate')}: {tokens} · {costText()}
    </span>
  );

  function costText(): string {
    if (cost === 'varies') return t('composer.priceVaries');
    if (cost === 'unknown') return t('composer.priceUnknown');
    if (cost.mostUsd === 0) return t('composer.priceFree');
    const range = { least: format.price(cost.leastUsd), most: format.price(cost.mostUsd) };
    return range.least === range.most ? range.most : t('composer.priceRange', range);
  }
}

function Warning({ children }: { children: React.ReactNode }) {
  return (
    <span
      role="status"
      className="mb-1 flex items-center justify-center gap-1.5 text-small text-warn"
    >
      <TriangleAlert size={14} aria-hidden="true" className="shrink-0" />
      <span>{children}</span>
    </span>
  );
}
