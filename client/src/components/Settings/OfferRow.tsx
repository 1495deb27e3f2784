import type { Endpoint } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ProviderPreferences } from '../../settings/provider-preferences.ts';
import { providerRoles, roleOf, type ProviderRole } from '../../settings/provider-roles.ts';
import { priceUsd } from '../../settings/remaining-endpoints.ts';
import { controlClass } from './field-style.ts';

/** One provider's offer of a model, and what is wanted of it. */
export function OfferRow({
  endpoint,
  preferences,
  reason,
  onRole,
}: {
  endpoint: Endpoint;
  preferences: ProviderPreferences;
  /** Why it does not serve the request; `null` when it may. */
  reason: string | null;
  onRole: (role: ProviderRole) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tag, provider_name: provider, quantization, uptime_last_30m: uptime } = endpoint;
  const price = (kind: 'prompt' | 'completion') => {
    const usd = priceUsd(endpoint, kind);
    if (Number.isNaN(usd)) return t('common.unknown');
    return usd === 0 ? t('picker.free') : format.price(usd);
  };
  const part = tag?.includes('/') ? tag.slice(tag.indexOf('/') + 1) : null;
  const facts = [
    t('settings.priceIn', { price: price('prompt') }),
    t('settings.priceOut', { price: price('completion') }),
    quantization == null || quantization === 'unknown' || quantization === part
      ? null
      : quantization,
    uptime == null ? null : t('settings.uptime', { share: format.percent(uptime / 100) }),
  ];
  return (
    <li className="flex items-center gap-2 py-1.5 pr-1.5 pl-3">
      <div className="min-w-0 flex-1">
        <p
          className={`truncate text-small ${reason === null ? 'font-medium' : 'text-ink-soft line-through decoration-1'}`}
        >
          {provider}
          {part && <span className="font-mono text-tiny font-normal text-ink-faint"> {part}</span>}
        </p>
        {reason === null ? (
          <p className="text-tiny text-ink-faint tabular-nums">
            {facts.filter((fact) => fact !== null).join(' · ')}
          </p>
        ) : (
          <p className="text-tiny text-ink-soft">{reason}</p>
        )}
      </div>
      {tag != null && (
        <select
          aria-label={t('settings.role', { provider: part ? `${provider} ${part}` : provider })}
          value={roleOf(endpoint, preferences)}
          onChange={(event) => {
            const role = providerRoles.find((each) => each === event.target.value);
            if (role) onRole(role);
          }}
          className={`${controlClass} w-28 shrink-0`}
        >
          {providerRoles.map((role) => (
            <option key={role} value={role}>
              {t(`settings.role_${role}`)}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}
