/** The words of the list of readers in French. */
import type { FleetKey } from '../words.js';

export const fleet: Readonly<Record<FleetKey, string>> = {
  'fleet.title': 'Lecteurs du courtier MQTT',
  'fleet.search': 'Chercher des lecteurs',
  'fleet.show': 'Afficher',
  'fleet.all': 'Tous',
  'fleet.present': 'Connectés',
  'fleet.absent': 'Non connectés',
  'fleet.unconfirmed': 'Non confirmé',
  'fleet.unknown': 'Inconnu',
  'fleet.serial': 'Numéro de série',
  'fleet.model': 'Modèle',
  'fleet.group': 'Groupe',
  'fleet.presence': 'État',
  'fleet.count.one': '{count} lecteur, {present} connectés',
  'fleet.count.other': '{count} lecteurs, {present} connectés',
  'fleet.shown': 'affichés : {count}',
  'fleet.connecting': 'Interrogation du courtier…',
  'fleet.lost': 'Le courtier ne répond plus ; l’affichage est peut-être ancien. Nouvel essai…',
  'fleet.no-broker': 'Aucun courtier : son adresse manque (url).',
  'fleet.no-reader': 'Le courtier n’a encore nommé aucun lecteur.',
  'fleet.blind':
    'Le broker n’a encore nommé aucun lecteur. Un broker de ce genre (RabbitMQ) ne nomme ceux dont il se souvient que pour des chemins entiers : indiquez leurs chemins dans readers ou attendez une minute qu’ils se signalent.',
  'fleet.remove': 'Retirer {serial} de la liste',
  'fleet.removed': '{serial} est retiré de la liste du broker.',
  'fleet.not-removed': 'Le broker ne laisse pas cette page retirer {serial}.',
  'fleet.no-match': 'Aucun lecteur ne correspond.',
  'fleet.sale': 'Une vente est en cours sur {serial}. Choisissez un autre lecteur une fois terminée.',
  'fleet.chosen': '{serial} est choisi.',
  'fleet.try-again': 'Réessayer',
};
