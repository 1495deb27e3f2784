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
};
