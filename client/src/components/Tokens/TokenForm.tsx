import { DialogDismiss } from '@ariakit/react';
import type { AppTokenScope, CreateAppToken, ErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { numberText, parseNumber } from '../../settings/number-text.ts';
import {
  firstDraft,
  LIMIT_RANGE,
  readTokenDraft,
  type TokenDraft,
  type TokenProblems,
} from '../../tokens/token-draft.ts';
import { numberProblem } from '../Settings/number-problem.ts';
import { Button, buttonClass } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { Field } from '../ui/Field.tsx';

const MAX_NAME_LENGTH = 100;
const scopes: readonly AppTokenScope[] = ['chat', 'models', 'credits'];
/** Days; 0 = never. */
const lifetimes = [7, 30, 90, 365, 0];

/** What a new token may do, until when, and what it may cost. */
export function TokenForm({
  onCreate,
}: {
  /** Rejects with `OpenRouterApiError`. */
  onCreate: (request: CreateAppToken) => Promise<void>;
}) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const formRef = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<TokenDraft>(firstDraft);
  const [problems, setProblems] = useState<TokenProblems | null>(null);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const typedLimit = parseNumber(draft.monthlyLimit, LIMIT_RANGE);

  function change(next: Partial<TokenDraft>) {
    setDraft({ ...draft, ...next });
    setProblems((before) => before && { ...before, ...settledBy(next) });
  }

  function toggle(scope: AppTokenScope, isChosen: boolean) {
    const others = draft.scopes.filter((each) => each !== scope);
    change({ scopes: isChosen ? [...others, scope] : others });
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    const read = readTokenDraft(draft, Date.now());
    flushSync(() => {
      setProblems(read.problems);
      setFailure(null);
    });
    if (!read.request) {
      formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    setIsBusy(true);
    try {
      await onCreate(read.request);
    } catch (cause) {
      setFailure(toApiError(cause).details);
      setIsBusy(false);
    }
  }

  return (
    <form ref={formRef} noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      <Field
        label={t('tokens.name')}
        hint={t('tokens.nameHint')}
        problem={problems?.name ? t('tokens.nameMissing') : null}
        value={draft.name}
        maxLength={MAX_NAME_LENGTH}
        autoComplete="off"
        onChange={(event) => change({ name: event.target.value })}
      />
      <fieldset
        aria-describedby={problems?.scopes ? `${id}-scopes` : undefined}
        aria-invalid={problems?.scopes || undefined}
        tabIndex={-1}
        className="outline-none"
      >
        <legend className="text-small font-medium">{t('tokens.scopes')}</legend>
        <div className="flex flex-wrap gap-x-6">
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              checked={draft.scopes.includes(scope)}
              onChange={(isChosen) => toggle(scope, isChosen)}
            >
              {t(`tokens.scope_${scope}`)}
            </Checkbox>
          ))}
        </div>
        <p id={`${id}-scopes`} className="text-small text-bad empty:hidden">
          {problems?.scopes && t('tokens.scopesNone')}
        </p>
      </fieldset>
      <Field
        label={t('tokens.onlyModels')}
        hint={t('tokens.onlyModelsHint')}
        value={draft.models}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => change({ models: event.target.value })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <div className="grid content-start gap-1.5">
          <label htmlFor={`${id}-days`} className="text-small font-medium">
            {t('tokens.expires')}
          </label>
          <select
            id={`${id}-days`}
            value={draft.expiresInDays}
            onChange={(event) => change({ expiresInDays: Number(event.target.value) })}
            className="min-h-11 rounded-md border border-line-strong bg-surface px-3 text-body"
          >
            {lifetimes.map((count) => (
              <option key={count} value={count}>
                {count === 0 ? t('tokens.never') : t('tokens.inDays', { count })}
              </option>
            ))}
          </select>
        </div>
        <Field
          label={t('tokens.monthlyLimit')}
          hint={t('tokens.monthlyLimitHint')}
          problem={
            problems?.monthlyLimit
              ? numberProblem(typedLimit, LIMIT_RANGE, t, (value) =>
                  numberText(value, i18n.language),
                )
              : null
          }
          value={draft.monthlyLimit}
          inputMode="decimal"
          autoComplete="off"
          placeholder={t('tokens.noLimit')}
          onChange={(event) => change({ monthlyLimit: event.target.value })}
        />
      </div>
      {failure && <ErrorCard error={failure} announce />}
      <div className="flex flex-wrap justify-end gap-2">
        <DialogDismiss className={buttonClass('quiet')}>{t('common.cancel')}</DialogDismiss>
        <Button type="submit" look="primary" aria-busy={isBusy}>
          {t('tokens.create')}
        </Button>
      </div>
    </form>
  );
}

/** Whoever changes a field has read what was wrong with it. */
function settledBy(change: Partial<TokenDraft>): Partial<TokenProblems> {
  const names = Object.keys(change);
  return Object.fromEntries(names.map((name) => [name, false]));
}
