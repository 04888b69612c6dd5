/** The words of `<magtek-setup>` in German. */
import type { SetupKey } from '../words.js';

export const setup: Readonly<Record<SetupKey, string>> = {
  'setup.title': 'Lesegeräte',
  'setup.empty': 'Noch kein Lesegerät hinzugefügt.',
  'setup.name': 'Name',
  'setup.carrier': 'Verbindung',
  'setup.network': 'Netzwerk',
  'setup.hid': 'USB',
  'setup.serial': 'Serielle Schnittstelle',
  'setup.ble': 'Bluetooth',
  'setup.mqtt': 'Broker',
  'setup.address': 'Adresse',
  'setup.device': 'Pfad beim Broker',
  'setup.add': 'Hinzufügen',
  'setup.use': 'Verwenden und testen',
  'setup.use-named': '{name} verwenden und testen',
  'setup.remove': 'Entfernen',
  'setup.remove-named': '{name} entfernen',
  'setup.secrets':
    'Sie werden in diesem Browser gespeichert, ohne Benutzernamen, Passwörter und Abfragen der Adressen.',
  'setup.step-address': 'Adresse',
  'setup.step-permission': 'Erlaubnis des Browsers',
  'setup.step-connection': 'Verbindung',
  'setup.step-answer': 'Antwort und Seriennummer',
  'setup.step-clients': 'Verbindungen gleichzeitig',
  'setup.running': 'wird geprüft …',
  'setup.done': 'bestanden',
  'setup.failed': 'fehlgeschlagen',
  'setup.report-restarts': 'Neustarts vom Lesegerät melden lassen',
  'setup.restarts-reported': 'Das Lesegerät meldet seine Neustarts, sobald es einmal neu gestartet ist.',
};
