/** The words of `<magtek-setup>` in French. */
import type { SetupKey } from '../words.js';

export const setup: Readonly<Record<SetupKey, string>> = {
  'setup.title': 'Lecteurs',
  'setup.empty': 'Aucun lecteur ajouté pour l’instant.',
  'setup.name': 'Nom',
  'setup.carrier': 'Connexion',
  'setup.network': 'Réseau',
  'setup.hid': 'USB',
  'setup.serial': 'Port série',
  'setup.ble': 'Bluetooth',
  'setup.mqtt': 'Broker',
  'setup.address': 'Adresse',
  'setup.device': 'Chemin chez le broker',
  'setup.add': 'Ajouter',
  'setup.use': 'Utiliser et tester',
  'setup.use-named': 'Utiliser et tester {name}',
  'setup.remove': 'Supprimer',
  'setup.remove-named': 'Supprimer {name}',
  'setup.secrets':
    'Ils sont conservés dans ce navigateur, sans les noms d’utilisateur, mots de passe et requêtes des adresses.',
  'setup.step-address': 'Adresse',
  'setup.step-permission': 'Autorisation du navigateur',
  'setup.step-connection': 'Connexion',
  'setup.step-answer': 'Réponse et numéro de série',
  'setup.step-clients': 'Connexions simultanées',
  'setup.running': 'test en cours …',
  'setup.done': 'réussi',
  'setup.failed': 'échoué',
  'setup.report-restarts': 'Faire signaler les redémarrages par le lecteur',
  'setup.restarts-reported': 'Le lecteur signalera ses redémarrages à partir du prochain.',
};
