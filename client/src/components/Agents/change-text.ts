import type { TFunction } from 'i18next';
import type { VersionStep } from '../../agents/versions.ts';
import type { Format } from '../../format/format.ts';

/** What a version changed, as names of fields. */
export function changeText(step: VersionStep, t: TFunction, format: Format): string {
  const { changed, version } = step;
  if (changed === null) {
    return t(version.version === 1 ? 'agents.versionFirst' : 'agents.versionUnknown');
  }
  if (changed.length === 0) return t('agents.versionSame');
  return format.list(changed.map((field) => t(`agents.field_${field}`)));
}
