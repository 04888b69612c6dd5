/** The words of all elements in French. */
import type { Words } from './english.js';

export const french: Words = {
  'status.idle': 'Non connecté',
  'status.connecting': 'Connexion en cours…',
  'status.ready': 'Connecté',
  'status.stale': 'Connecté, mais le lecteur ne répond pas',
  'status.reconnecting': 'Connexion perdue, nouvel essai…',
  'status.failed': 'Non connecté',
  'status.closed': 'Fermé',
  'status.no-reader': 'Aucun lecteur',
  'status.open': 'Connecter',
  'status.close': 'Déconnecter',
  'status.take-over': 'Reprendre',

  'error.timeout': 'Le lecteur n’a pas répondu à temps.',
  'help.timeout':
    'Vérifiez que le lecteur est allumé et libre. La commande a pu être exécutée quand même : regardez le lecteur avant de la renvoyer.',
  'error.aborted': 'La demande a été abandonnée par cette page.',
  'help.aborted': 'Si elle était déjà envoyée, le lecteur peut encore l’exécuter.',
  'error.connection-lost': 'La connexion au lecteur est perdue.',
  'help.connection-lost':
    'Vérifiez l’alimentation et le réseau du lecteur, puis reconnectez-vous. Une commande en cours a pu être exécutée : rien n’est renvoyé automatiquement.',
  'error.not-connected': 'Il n’y a pas de connexion au lecteur.',
  'help.not-connected': 'Ouvrez d’abord la connexion.',
  'error.unreachable': 'Le lecteur est injoignable.',
  'help.unreachable':
    'Vérifiez l’adresse, et que le lecteur est allumé et sur le même réseau. Si l’adresse commence par wss, ouvrez la même adresse avec https dans un nouvel onglet et acceptez son certificat : une page ne peut pas distinguer un certificat inconnu d’un lecteur éteint.',
  'error.offline': 'Cet appareil n’a pas de réseau.',
  'help.offline': 'Connectez-le au réseau du lecteur. La connexion sera rétablie dès que le réseau sera de retour.',
  'error.bad-url': 'L’adresse du lecteur est inutilisable.',
  'help.bad-url': 'Donnez à l’attribut url une adresse comme wss://reader.example ou ws://127.0.0.1:8080.',
  'error.insecure-url': 'L’adresse du lecteur n’est pas chiffrée.',
  'help.insecure-url':
    'Utilisez une adresse wss. Le ws non chiffré n’est accepté que pour cet ordinateur (localhost) ou avec l’attribut allow-insecure ; une page chargée par https ne peut pas l’utiliser du tout.',
  'error.in-use': 'Un autre élément de cette page utilise déjà cette adresse.',
  'help.in-use': 'Gardez un seul élément par lecteur et reliez-y les autres avec leur attribut for.',
  'error.not-chosen': 'Aucun lecteur USB n’a encore été choisi pour cette page.',
  'help.not-chosen':
    'Branchez le lecteur, ouvrez la connexion d’un clic et choisissez-le dans la liste du navigateur. Ensuite, la page l’ouvre sans demander.',
  'error.unsupported': 'Ce navigateur ne peut pas joindre le lecteur de cette manière.',
  'help.unsupported':
    'Les lecteurs USB demandent Chrome ou Edge sur un ordinateur et une page chargée en https. Sinon, reliez le lecteur par le réseau.',
  'error.bad-hex': 'La commande n’est pas un texte hexadécimal.',
  'help.bad-hex': 'Utilisez des paires de chiffres de 0 à 9 et de A à F.',
  'error.bad-message': 'Ces octets ne sont pas un message MMS.',
  'help.bad-message':
    'Comparez les octets avec la liste des commandes. Rien n’est envoyé, et ce qui est arrivé endommagé n’est pas utilisé.',
  'error.rejected': 'Le lecteur a refusé la commande.',
  'help.rejected': 'Le détail donne la raison. Terminez ce que fait le lecteur, ou corrigez les paramètres.',
  'error.not-completed': 'Le lecteur a terminé sans résultat.',
  'error.bad-amount': 'Ce montant ne peut pas être débité.',
  'help.not-completed': 'Le client a peut-être annulé, ou le délai est passé. Demandez-lui et recommencez.',
  'help.bad-amount':
    'Donnez le montant en texte décimal, par exemple « 4.60 », supérieur à zéro et sans plus de décimales que la devise, et la devise par son code de trois lettres.',
  'error.bad-option': 'Une option de la vente est inutilisable.',
  'help.bad-option': 'Le détail nomme l’option et ce qu’elle accepte.',
  'error.transaction-in-progress': 'Une vente est déjà en cours.',
  'help.transaction-in-progress': 'Attendez qu’elle se termine, ou annulez-la.',
  'error.duplicate-transaction': 'Une vente avec cet identifiant a déjà commencé.',
  'help.duplicate-transaction':
    'Demandez au service de paiement comment elle s’est terminée. N’utilisez un nouvel identifiant que pour une autre vente : sinon le client serait débité deux fois.',
  'error.authorize-failed': 'La décision du service de paiement n’a pas pu être obtenue.',
  'help.authorize-failed': 'Demandez au service de paiement si la vente est acceptée avant de débiter de nouveau.',
  'error.listener-failed': 'Une fonction de cette page a provoqué une erreur.',
  'help.listener-failed': 'Voyez la cause. Les autres fonctions ont quand même été appelées.',
  'error.mixed-content': 'Cette page a été chargée par https et ne peut pas ouvrir de connexions non chiffrées.',
  'help.mixed-content':
    'Utilisez une adresse wss ; tout lecteur qui parle WebSocket peut recevoir un certificat. Depuis une telle page, seul cet ordinateur (localhost) est joignable par ws, et pas dans tous les navigateurs.',
  'error.permission-needed': 'Le navigateur doit demander si cette page peut joindre des appareils du réseau local.',
  'help.permission-needed':
    'Ouvrez la connexion d’un clic et autorisez-la quand le navigateur le demande : rien n’est jamais demandé automatiquement. Si la page est dans un cadre, la page qui l’entoure doit transmettre l’autorisation : <iframe allow="local-network; loopback-network">.',
  'error.permission-denied': 'Le navigateur ne laisse pas cette page joindre des appareils du réseau local.',
  'help.permission-denied':
    'Autorisez « réseau local » pour cette page dans les paramètres du site (l’icône à côté de l’adresse), puis rouvrez la connexion. Si la page est dans un cadre, la page qui l’entoure doit transmettre l’autorisation : <iframe allow="local-network; loopback-network">.',
};
