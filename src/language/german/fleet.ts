/** The words of the list of readers in German. */
import type { FleetKey } from '../words.js';

export const fleet: Readonly<Record<FleetKey, string>> = {
  'fleet.title': 'Lesegeräte des Brokers',
  'fleet.search': 'Lesegeräte suchen',
  'fleet.show': 'Anzeigen',
  'fleet.all': 'Alle',
  'fleet.present': 'Verbunden',
  'fleet.absent': 'Nicht verbunden',
  'fleet.unconfirmed': 'Nicht bestätigt',
  'fleet.unknown': 'Nicht bekannt',
  'fleet.serial': 'Seriennummer',
  'fleet.model': 'Modell',
  'fleet.group': 'Gruppe',
  'fleet.presence': 'Zustand',
  'fleet.count.one': '{count} Lesegerät, {present} verbunden',
  'fleet.count.other': '{count} Lesegeräte, {present} verbunden',
  'fleet.shown': '{count} gezeigt',
  'fleet.connecting': 'Der Broker wird gefragt …',
  'fleet.lost': 'Der Broker ist weg; die Anzeige ist vielleicht veraltet. Neuer Versuch …',
  'fleet.no-broker': 'Kein Broker: seine Adresse fehlt (url).',
  'fleet.no-reader': 'Der Broker hat noch kein Lesegerät genannt.',
  'fleet.blind':
    'Der Broker hat noch kein Lesegerät genannt. Ein Broker dieser Art (RabbitMQ) nennt die, die er kennt, nur bei ganzen Pfaden: Führen Sie ihre Pfade in readers auf oder warten Sie eine Minute, bis sie sich melden.',
  'fleet.remove': '{serial} aus der Liste entfernen',
  'fleet.removed': '{serial} ist aus der Liste des Brokers entfernt.',
  'fleet.not-removed': 'Der Broker lässt diese Seite {serial} nicht entfernen.',
  'fleet.no-match': 'Kein Lesegerät passt.',
  'fleet.sale': 'An {serial} läuft ein Verkauf. Wählen Sie danach ein anderes Lesegerät.',
  'fleet.chosen': '{serial} ist gewählt.',
  'fleet.try-again': 'Erneut versuchen',
};
