import type { Dictionary } from '../en/index.ts';

export const composer: Dictionary['composer'] = {
  label: 'Nachricht schreiben',
  message: 'Nachricht',
  placeholder: 'Frag irgendetwas',
  send: 'Senden',
  stop: 'Antwort stoppen',
  empty: 'Schreib zuerst eine Nachricht',
  noModel: 'Wähle zuerst ein Modell',
  noModelHint: 'Wähle oben ein Modell, um zu beginnen.',
  sendHint: 'Enter sendet, Umschalt + Enter beginnt eine neue Zeile.',
  stopHint: 'Escape stoppt.',
};
