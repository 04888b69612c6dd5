/** The words of the list of readers in German. */
import type { FleetKey } from '../words.js';

export const fleet: Readonly<Record<FleetKey, string>> = {
  'fleet.title': 'Lesegeräte des Brokers',
  'fleet.search': 'Lesegeräte suchen',
  'fleet.show': 'Anzeigen',
  'fleet.all': 'Alle',
  'fleet.present': 'Verbunden',
  'fleet.absent': 'Nicht verbunden',
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
  'fleet.no-match': 'Kein Lesegerät passt.',
  'fleet.sale': 'An {serial} läuft ein Verkauf. Wählen Sie danach ein anderes Lesegerät.',
  'fleet.chosen': '{serial} ist gewählt.',
  'fleet.try-again': 'Erneut versuchen',
};
