import type { Dictionary } from '../en/index.ts';

export const credits: Dictionary['credits'] = {
  label: 'Guthaben: {{text}}. Aktualisieren',
  loading: 'Guthaben …',
  unavailable: 'Nicht verfügbar',
  unknown: 'Unbekannt',
  unknownText: 'OpenRouter hat das Guthaben nicht genannt.',
  noLimit: 'Kein Limit',
  noLimitText:
    'Dieser Schlüssel hat kein Ausgabenlimit. Das Guthaben des Kontos ist unbekannt: Um es zu sehen, setzt die Administration OPENROUTER_MANAGEMENT_KEY.',
  ofLimit: '{{amount}} von {{limit}}',
  ofAccount: 'Guthaben des OpenRouter-Kontos.',
  ofKey: 'Was vom Ausgabenlimit dieses Schlüssels übrig ist.',
  low: 'niedrig',
  veryLow: 'sehr niedrig',
  asOf: 'Stand {{time}}',
  stale: 'OpenRouter war seitdem nicht erreichbar.',
  refreshFailed: 'Die letzte Aktualisierung ist fehlgeschlagen: {{message}}',
  clickToRefresh: 'Klicken zum Aktualisieren.',
  addKey: 'Schlüssel hinzufügen',
};
