import type { Dictionary } from '../en/index.ts';

export const account: Dictionary['account'] = {
  menu: 'Konto von {{name}}',
  title: 'Konto',
  administration: 'Verwaltung',
  signOut: 'Abmelden',

  profile: 'Profil',
  name: 'Name',
  email: 'E-Mail',
  role: 'Rolle',
  roleAdmin: 'Administration',
  roleUser: 'Benutzer',

  key: 'OpenRouter-Schlüssel',
  keyOfServer: 'Es wird der Schlüssel dieses Servers verwendet; hier ist nichts zu hinterlegen.',
  keyOfServerAdmin:
    'Damit alle einen eigenen Schlüssel mitbringen, OPENROUTER_API_KEY=user_provided setzen und neu starten.',
  keySimulator: 'Es antwortet der eingebaute Simulator; er braucht keinen Schlüssel.',
  keyAway: 'OpenRouter ist auf diesem Server nicht verfügbar.',
  keyLead:
    'Auf diesem Server fragen alle OpenRouter mit einem eigenen Schlüssel und zahlen ihre Antworten selbst. Er wird verschlüsselt aufbewahrt und nie wieder angezeigt, auch dir nicht.',
  keyNone: 'Es ist noch kein Schlüssel hinterlegt.',
  keyStored: 'Ein Schlüssel ist hinterlegt. Er läuft hier nicht ab.',
  keyStoredUntil: 'Ein Schlüssel ist bis {{date}} hinterlegt.',
  keyExpired: 'Der hinterlegte Schlüssel ist hier am {{date}} abgelaufen.',
  keyField: 'Schlüssel',
  keyHint:
    'Anzulegen unter https://openrouter.ai/settings/keys; dort lässt sich auch ein Ausgabenlimit setzen.',
  keyExpires: 'Vergessen nach',
  keyExpiresNever: 'nie',
  keyExpiresDays_one: '{{count}} Tag',
  keyExpiresDays_other: '{{count}} Tagen',
  keyStore: 'Schlüssel hinterlegen',
  keyReplace: 'Schlüssel ersetzen',
  keyStoring: 'Schlüssel wird hinterlegt …',
  keyWasStored: 'Der Schlüssel ist hinterlegt.',
  keyDelete: 'Schlüssel löschen',
  keyDeleteSure: 'Den Schlüssel von diesem Server löschen? Bei OpenRouter bleibt er, wie er ist.',
  keyWasDeleted: 'Der Schlüssel ist gelöscht.',
  keyConnect: 'Mit OpenRouter verbinden',
  keyConnecting: 'Weiter zu OpenRouter …',
  keyConnectHint:
    'OpenRouter fragt nach der Zustimmung und legt den Schlüssel selbst an, ganz ohne Kopieren.',
  keyByHand: 'Oder einen Schlüssel einfügen',

  needKey:
    'Zum Loslegen einen OpenRouter-Schlüssel hinterlegen: Hier fragen alle mit einem eigenen.',
  needKeyExpired:
    'Der OpenRouter-Schlüssel ist hier abgelaufen. Mit einem neu hinterlegten geht es weiter.',
  toKey: 'Schlüssel hinterlegen',
  connected: 'OpenRouter ist verbunden: Der Schlüssel ist hinterlegt.',
  connectDenied: 'OpenRouter wurde nicht verbunden, weil die Zustimmung ausblieb.',
  connectExpired:
    'Das Verbinden mit OpenRouter hat zu lange gedauert oder wurde zweimal versucht. Bitte neu beginnen.',
  connectOtherBrowser:
    'Das Verbinden mit OpenRouter endete in einem anderen Browser oder Konto, als es begann. Bitte neu beginnen.',
  connectRefused: 'OpenRouter hat die Zustimmung nicht angenommen. Bitte neu beginnen.',
  connectUnavailable:
    'OpenRouter war für den Schlüssel nicht erreichbar. Bitte gleich noch einmal versuchen.',
  connectInternal:
    'Beim Verbinden mit OpenRouter ist auf diesem Server etwas schiefgegangen. Näheres steht in seinem Protokoll.',

  favorites: 'Lieblingsmodelle',
  favoritesLead: 'Oben in der Modellauswahl, in dieser Reihenfolge, auf jedem Gerät.',
  favoritesNone: 'Noch keine. Der Stern neben einem Modell in der Auswahl fügt es hier hinzu.',
  favoriteGone: 'nicht mehr im Angebot',
  moveUp: '{{name}} nach oben',
  moveDown: '{{name}} nach unten',
  removeFavorite: '{{name}} entfernen',
  moved: '{{name}} ist jetzt Nummer {{position}} von {{total}}.',
  removed: '{{name}} ist entfernt.',

  appearance: 'Darstellung und Sprache',
};
