import type { Dictionary } from '../en/index.ts';

export const common: Dictionary['common'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  delete: 'Löschen',
  edit: 'Bearbeiten',
  loading: 'Wird geladen',
  refresh: 'Aktualisieren',
  save: 'Speichern',
  search: 'Suchen',
  tryAgain: 'Erneut versuchen',
  unknown: 'unbekannt',
  continue: 'Weiter',
  dismiss: 'Ausblenden',
  error: 'Fehler',
  possibleAgainIn: 'In {{seconds}} s wieder möglich.',
  request: 'Anfrage',
  simulator: 'Simulator',
  simulatorText:
    '<strong>Dies ist der eingebaute Simulator,</strong> weil kein Schlüssel gesetzt ist: Antworten sind erfunden, und es wird kein Geld ausgegeben. Um mit OpenRouter zu sprechen, trage <code>OPENROUTER_API_KEY</code> in <code>.env</code> ein und starte neu.',
  providerLabel: 'Anbieter: {{provider}}',
  noProvider: 'keiner',
  toTheChat: '{{appTitle}}, zum Chat',
};
