/** Errors, refusals and outcomes in French. */
import type { ErrorKey } from '../words.js';

export const errors: Readonly<Record<ErrorKey, string>> = {
  'error.more': 'En savoir plus',
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
    'Utilisez une adresse wss. Le ws non chiffré n’est accepté que pour cet ordinateur (localhost) ou avec l’attribut allow-insecure ; depuis une page chargée en https, les navigateurs ne l’ouvrent que pour peu d’adresses.',
  'error.in-use': 'Ce lecteur est déjà utilisé ailleurs dans ce navigateur.',
  'help.in-use':
    'Dans une page, gardez un seul élément par lecteur et dirigez les autres vers lui avec leur attribut for. Si un autre onglet ou une autre fenêtre l’utilise, fermez-le là-bas ou prenez la main.',
  'error.not-authorized': 'Le broker n’accepte pas cette page.',
  'help.not-authorized':
    'Vérifiez le nom d’utilisateur et le mot de passe de cette page, et ce que les règles d’accès du broker lui permettent. Aucun nouvel essai n’est fait automatiquement.',
  'error.not-chosen': 'Aucun lecteur USB n’a encore été choisi pour cette page.',
  'help.not-chosen':
    'Branchez le lecteur, ouvrez la connexion d’un clic et choisissez-le dans la liste du navigateur. Ensuite, la page l’ouvre sans demander.',
  'error.unsupported': 'Ce navigateur ne peut pas joindre le lecteur de cette manière.',
  'help.unsupported':
    'Les lecteurs USB demandent Chrome ou Edge sur un ordinateur et une page chargée en https. Sinon, reliez le lecteur par le réseau.',
  'error.other-reader': 'Un autre lecteur est maintenant branché.',
  'help.other-reader':
    'Il n’est pas utilisé de lui-même. Rebranchez le précédent, ou ouvrez la connexion d’un clic pour utiliser celui-ci.',
  'error.bad-file': 'Ce fichier ne peut pas être envoyé au lecteur.',
  'help.bad-file': 'Le détail en donne la raison. Rien n’a été envoyé.',
  'help.firmware-cut-loading':
    'Le lecteur garde le micrologiciel qu’il avait : le chargement seul ne change rien. Reconnectez-vous et recommencez la mise à jour depuis le début.',
  'help.firmware-cut-committing':
    'Le lecteur utilise peut-être déjà le nouveau micrologiciel ou redémarre encore. Laissez-le alimenté quelques minutes, reconnectez-vous et comparez la version avant toute autre chose.',
  'help.firmware-not-verified':
    'Reconnectez-vous et comparez la version avant toute autre chose. Rien n’est à renvoyer.',
  'help.lock-not-verified':
    'Le lecteur est peut-être verrouillé, peut-être ouvert. Reconnectez-vous et lisez son état (getDeviceInfo) avant de renvoyer la commande.',
  'help.firmware-given-up':
    'Le lecteur garde le micrologiciel qu’il avait. Il peut encore être occupé par le fichier pendant une minute ; ensuite, la mise à jour peut recommencer.',
  'help.firmware-other-reader':
    'Vérifiez quel lecteur est connecté. Connectez celui qui doit être mis à jour et comparez sa version avant toute autre chose.',
  'help.reader-not-back':
    'Laissez le lecteur alimenté quelques minutes. S’il ne revient pas, éteignez-le et rallumez-le, connectez-vous et comparez la version.',
  'help.firmware-not-loaded':
    'Le lecteur garde le micrologiciel qu’il avait. Vérifiez que le fichier est pour ce modèle et qu’il est complet.',
  'help.firmware-not-used':
    'Le lecteur redémarre dans tous les cas. Reconnectez-vous et comparez la version : ce devrait être la précédente.',
  'help.tag-not-ndef': 'Rien n’a été écrit. Utilisez une étiquette NFC formatée pour NDEF.',
  'help.tag-read-only': 'Rien n’a été écrit. Utilisez une autre étiquette NFC.',
  'help.tag-layout': 'Rien n’a été écrit. Utilisez une autre étiquette NFC.',
  'help.tag-too-small':
    'Rien n’a été écrit. Utilisez une étiquette NFC plus grande ou des enregistrements plus courts.',
  'help.tag-not-confirmed': 'Rien n’a été écrit.',
  'help.tag-gone': 'Rien n’a été écrit. Tenez l’étiquette NFC contre le lecteur jusqu’à son signal sonore.',
  'help.tag-cut-emptying':
    'L’étiquette NFC contient ses anciens enregistrements ou aucun. Présentez-la de nouveau au lecteur et réécrivez les enregistrements.',
  'help.tag-cut-filling':
    'L’étiquette NFC ne contient aucun enregistrement : sa longueur l’indique tant qu’ils n’y sont pas tous. Présentez-la de nouveau au lecteur et réécrivez les enregistrements.',
  'help.tag-cut-finishing':
    'L’étiquette NFC contient les nouveaux enregistrements ou aucun. Lisez-la, et réécrivez les enregistrements s’ils manquent.',
  'help.tag-differs':
    'L’étiquette NFC est peut-être protégée par un mot de passe ou usée. Lisez ce qu’elle contient, ou utilisez-en une autre.',
  'help.tag-cut-blocks':
    'Les blocs contiennent les anciennes données, les nouvelles ou une partie de chacune. Lisez-les.',
  'help.tag-blocks-differ': 'Lisez ce que contient le secteur. La clé n’a peut-être pas le droit d’y écrire.',
  'help.battery-low': 'Rechargez le lecteur ou branchez-le, puis relancez la mise à jour. Rien n’a été envoyé.',
  'help.usb-forbidden':
    'Si la page est dans un cadre, la page autour doit transmettre l’autorisation : <iframe allow="hid">. Sinon, la Permissions-Policy avec laquelle la page est servie doit le permettre : hid=(self).',
  'help.usb-not-opened':
    'Fermez les autres programmes qui utilisent le lecteur. Sous Linux, une règle udev doit donner l’accès à l’utilisateur : SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0801", MODE="0660", TAG+="uaccess" dans /etc/udev/rules.d, puis rebranchez le lecteur.',
  'help.usb-unplugged':
    'Rebranchez le lecteur : la connexion se rouvre alors d’elle-même. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
  'help.usb-stalled':
    'Débranchez puis rebranchez le câble USB. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
  'help.usb-wrong-device': 'Rouvrez la connexion d’un clic et choisissez le lecteur nommé dans l’attribut device.',
  'help.parts-lost':
    'La page ou l’ordinateur était trop occupé pour lire à temps. Regardez le lecteur avant de renvoyer la commande : elle a été exécutée, seule sa réponse manque.',
  'help.serial-not-opened':
    'Fermez les autres programmes qui utilisent le port. Sous Linux, l’utilisateur doit appartenir au groupe dialout (ou uucp).',
  'help.serial-unplugged':
    'Rebranchez le câble : la connexion se rouvre alors d’elle-même. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
  'help.serial-stalled':
    'Débranchez puis rebranchez le câble. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
  'help.ble-not-allowed':
    'Allumez le lecteur, ouvrez la connexion d’un clic et choisissez-le dans la liste du navigateur.',
  'help.ble-none-chosen':
    'Allumez le lecteur, ouvrez la connexion d’un clic et choisissez-le dans la liste du navigateur.',
  'help.ble-not-reached':
    'Vérifiez que le lecteur est allumé, proche et connecté à aucun autre appareil. Si le système demande un appairage, acceptez-le.',
  'help.ble-lost':
    'Vérifiez que le lecteur est allumé et proche. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
  'help.ble-stalled':
    'Vérifiez que le lecteur est allumé et proche. Une commande en cours a pu être exécutée : rien n’est renvoyé de soi-même.',
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
  'error.clear-card-data': 'Le lecteur a envoyé des données de carte en clair.',
  'help.clear-card-data':
    'L’hôte et le formulaire n’en reçoivent rien. Faites configurer de nouveau le chiffrement et le masquage du lecteur par qui l’a préparé. Une page qui doit accepter de telles données le dit avec allow-clear-data.',
  'error.bad-option': 'Une option est inutilisable.',
  'help.bad-option': 'Le détail nomme l’option et ce qu’elle accepte.',
  'error.transaction-in-progress': 'Une opération est déjà en cours.',
  'help.transaction-in-progress': 'Attendez qu’elle se termine, ou annulez-la.',
  'error.duplicate-transaction': 'Une opération avec cet identifiant a déjà commencé.',
  'help.duplicate-transaction':
    'Demandez au service de paiement comment elle s’est terminée. N’utilisez un nouvel identifiant que pour une autre opération : sinon elle aurait lieu deux fois.',
  'error.authorize-failed': 'La décision du service de paiement n’a pas pu être obtenue.',
  'help.authorize-failed': 'Demandez au service de paiement si l’opération est acceptée avant de réessayer.',
  'error.unresolved-transaction': 'Personne ne sait encore comment une opération avec ce lecteur s’est terminée.',
  'help.unresolved-transaction':
    'Éclaircissez-le avant la suivante : annulez ce que le lecteur fait encore, interrogez le service de paiement, ou saisissez ce que vous avez appris.',
  'error.inquire-failed': 'Le service de paiement n’a pas pu être interrogé sur la fin de l’opération.',
  'help.inquire-failed':
    'Redemandez dans un instant, ou renseignez-vous vous-même auprès du service de paiement. Ne recommencez pas avant de le savoir.',
  'error.amounts-differ': 'Le pourboire, la taxe et le total envoyés par le lecteur ne concordent pas.',
  'help.amounts-differ':
    'Aucun argent n’a été demandé. Vérifiez quels pourboire et taxe le lecteur demande de lui-même, puis recommencez.',
  'error.reversal-failed':
    'Le service de paiement a approuvé une opération que la carte a refusée, et n’a pas confirmé l’avoir annulée.',
  'help.reversal-failed': 'Annulez-la auprès du service de paiement : cherchez-la par son identifiant.',
  'error.card-data-used': 'Le lecteur a envoyé des données de carte qui ont déjà servi à une opération précédente.',
  'help.card-data-used':
    'Elles n’appartiennent pas à cette opération, et le service de paiement n’a pas été interrogé à leur sujet. L’opération continue : présentez la carte. Si cela se reproduit, un broker ou un relais transmet les messages deux fois.',
  'error.part-missing': 'Le code nécessaire n’a pas pu être chargé.',
  'help.part-missing': 'Rien n’a été envoyé. Réessayez ; si cela ne suffit pas, rechargez la page.',
  'error.listener-failed': 'Une fonction de cette page a provoqué une erreur.',
  'help.listener-failed': 'Voyez la cause. Les autres fonctions ont quand même été appelées.',
  'error.mixed-content': 'Cette page a été chargée par https et ne peut pas ouvrir de connexions non chiffrées.',
  'help.mixed-content':
    'Utilisez une adresse wss ; tout lecteur à WebSocket peut recevoir un certificat. Avec ws, une telle page atteint cet ordinateur lui-même (localhost) et, dans Chrome et Edge, aussi un numéro privé comme 192.168.1.7 ou un nom en .local.',
  'error.permission-needed':
    'Le navigateur doit peut-être demander si cette page peut atteindre des appareils du réseau local.',
  'help.permission-needed':
    'Ouvrez la connexion d’un clic et autorisez-la si le navigateur le demande. Une fois que cela a réussi, elle s’ouvre d’elle-même. Si la page est dans un cadre, la page autour doit transmettre l’autorisation : <iframe allow="local-network; loopback-network">.',
  'error.permission-denied': 'Le navigateur ne laisse pas cette page joindre des appareils du réseau local.',
  'help.permission-denied':
    'Si la page est dans un cadre, la page autour doit transmettre l’autorisation : <iframe allow="local-network; loopback-network">. Sinon, autorisez « réseau local » et, pour cet ordinateur, « applications de l’appareil » pour cette page dans les paramètres du site (icône à côté de l’adresse) : la connexion s’ouvre alors d’elle-même.',
  'error.blocked-by-policy': 'La politique de sécurité de cette page interdit la connexion.',
  'help.blocked-by-policy':
    "Ajoutez l’adresse du lecteur à connect-src dans la Content-Security-Policy avec laquelle la page est servie : connect-src 'self' wss://reader.example.",
  'error.certificate-suspected':
    'Le lecteur répond, mais le navigateur ne semble pas faire confiance à son certificat.',
  'help.certificate-suspected':
    'Ouvrez l’adresse du lecteur en https dans un nouvel onglet, acceptez son certificat, puis revenez : la connexion est alors tentée de nouveau. Pour éviter l’avertissement, donnez au lecteur un certificat auquel cet ordinateur fait confiance.',
  'error.host-not-allowed': 'Cette page n’autorise pas les connexions à cet hôte.',
  'help.host-not-allowed':
    'Utilisez une adresse dont l’hôte figure dans l’attribut allow-hosts de l’élément du lecteur, ou ajoutez-y l’hôte.',

  'detail.no-web-socket-address':
    '« {address} » n’est pas une adresse WebSocket : elle doit commencer par wss:// ou ws://.',
  'detail.no-broker-address':
    '« {address} » n’est pas l’adresse d’un broker : elle doit commencer par wss:// ou ws://.',
  'error.broker-path': 'Il n’y a pas de broker MQTT à cette adresse.',
  'help.broker-path':
    'Vérifiez le chemin de l’adresse : RabbitMQ répond sous /ws, NATS sous /mqtt, les autres selon leur réglage.',
  'error.broker-version': 'Le broker ne parle aucune version de MQTT que cette page connaît.',
  'help.broker-version':
    'Faites parler au broker MQTT 5 ou 3.1.1. Aucune nouvelle tentative n’est faite automatiquement.',
  'error.unreachable-broker': 'Le broker est injoignable.',
  'help.unreachable-broker':
    'Vérifiez l’adresse du broker, qu’il fonctionne et que ce réseau laisse la page l’atteindre. Si l’adresse commence par wss, ouvrez la même adresse avec https dans un nouvel onglet et regardez si son certificat est approuvé. Le lecteur n’y est pour rien.',
  'error.unreachable-behind-broker': 'Le broker est là, mais le lecteur derrière lui est injoignable.',
  'help.unreachable-behind-broker':
    'Vérifiez que le lecteur, ou le pont qui le publie, est allumé et connecté au broker, que son chemin est écrit comme là-bas et que cette page a le droit de lui envoyer des commandes.',
  'error.connection-lost-broker': 'La connexion au broker a été perdue.',
  'help.connection-lost-broker':
    'Elle est rétablie automatiquement. Une commande en cours a peut-être été exécutée : rien n’est renvoyé automatiquement. Si cela se répète, regardez du côté du broker et du réseau de cette page, pas du lecteur.',
  'detail.broker-busy': 'Le broker n’accepte pas de connexion en ce moment.',
  'detail.broker-lost': 'Le broker ou le réseau y a mis fin.',
  'detail.broker-no-version': 'Le broker ne parle ni MQTT 5 ni MQTT 3.1.1.',
  'detail.broker-not-at-path': 'Quelque chose répond à {address}, mais pas en MQTT.',
  'detail.broker-refuses-command': 'Le broker ne laisse pas cette page publier sur {topic}.',
  'detail.broker-refuses-name':
    'Ce broker n’accepte pas le nom {path} : lettres, chiffres, - et _ conviennent partout.',
  'detail.reader-silent': 'Le lecteur {device} n’a pas répondu à une question.',
  'detail.broker-not-reached': 'La connexion au broker n’a pas pu être établie.',
  'detail.broker-refuses-user': 'Le broker n’accepte pas le nom d’utilisateur ou le mot de passe.',
  'detail.broker-refuses-topic': 'Le broker ne laisse pas cette page écouter {topic}.',
  'detail.reader-not-at-broker': 'Le broker indique que le lecteur {device} n’est pas connecté à lui.',
  'detail.address-with-user': 'L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe.',
  'detail.address-with-fragment': 'L’adresse ne doit pas contenir de fragment (#).',
  'detail.not-this-computer': '{host} n’est pas cet ordinateur.',
  'detail.unencrypted-forbidden': 'Cette page ne peut pas ouvrir de connexions non chiffrées.',
  'detail.closed-while-connecting': 'La connexion n’a pas pu être ouverte (code de fermeture {code}).',
  'detail.open-in-page': 'Un autre élément de cette page a ouvert {address}.',
  'detail.sale-elsewhere': 'Un autre onglet ou une autre fenêtre est en pleine opération avec lui.',
  'detail.open-elsewhere': 'Un autre onglet ou une autre fenêtre de ce navigateur l’a ouvert.',
  'detail.usb-not-allowed': 'Cette page ne peut pas utiliser de lecteur USB.',
  'detail.usb-forbidden': 'La Permissions-Policy de cette page interdit les lecteurs USB.',
  'detail.usb-none-chosen': 'Aucun lecteur n’a été choisi.',
  'detail.usb-open-already': 'Le lecteur est sur USB.',
  'detail.usb-not-opened': 'Le lecteur est branché, mais le système n’a pas permis de l’ouvrir.',
  'detail.no-web-hid': 'Il n’a pas WebHID.',
  'detail.usb-unplugged': 'Le lecteur a été débranché.',
  'detail.usb-stalled': 'Le lecteur n’accepte plus de données.',
  'detail.usb-wrong-device': '{names} n’est pas le lecteur demandé ou n’accepte pas de messages.',
  'detail.parts-lost': 'Des parties d’un message du lecteur ont été perdues en route.',
  'detail.another-reader': 'C’était {was}, c’est maintenant {is}.',
  'detail.reader-unidentified': 'Le lecteur n’a pas donné son numéro de série.',
  'detail.serial-not-allowed': 'Cette page ne peut pas utiliser de port série.',
  'detail.serial-none-chosen': 'Aucun port série n’a été choisi.',
  'detail.serial-open-already': 'Le port série est déjà ouvert.',
  'detail.serial-not-opened': 'Le système n’a pas permis d’ouvrir le port série.',
  'detail.serial-unplugged': 'Le port série a disparu.',
  'detail.serial-stalled': 'Le port série n’accepte plus de données.',
  'detail.no-web-serial': 'Il n’a pas Web Serial.',
  'detail.ble-not-allowed': 'Cette page ne peut pas utiliser de lecteur Bluetooth.',
  'detail.ble-none-chosen': 'Aucun lecteur Bluetooth n’a été choisi.',
  'detail.ble-open-already': 'Cette page y est déjà connectée en Bluetooth.',
  'detail.ble-not-reached': 'La connexion Bluetooth n’a pas abouti.',
  'detail.ble-lost': 'La connexion Bluetooth a été perdue.',
  'detail.ble-stalled': 'Le lecteur n’accepte plus de données en Bluetooth.',
  'detail.no-web-bluetooth': 'Il n’a pas Web Bluetooth, ou le Bluetooth est désactivé.',
  'detail.file-id': 'L’identifiant d’un fichier a huit chiffres hexadécimaux.',
  'detail.file-empty': 'Il est vide.',
  'detail.file-too-large': 'Il dépasse {most} octets.',
  'detail.file-name': 'Son nom doit avoir de 1 à {most} caractères ASCII.',
  'detail.file-not-kept': 'Le lecteur n’a pas ce qui a été envoyé.',
  'detail.no-checksum': 'Les sommes de contrôle exigent une page chargée par https ou depuis localhost.',
  'detail.firmware-unknown': 'Ce n’est pas un fichier de micrologiciel d’un type connu.',
  'detail.battery-low': 'La batterie est à {percent} %.',
  'detail.firmware-not-loaded': 'Le lecteur n’a pas accepté le micrologiciel (code {code}).',
  'detail.firmware-not-used': 'Le lecteur n’a pas pu mettre le micrologiciel en service (code {code}).',
  'detail.firmware-cut-loading': 'La mise à jour a été interrompue pendant le chargement du micrologiciel.',
  'detail.firmware-cut-committing': 'La mise à jour a été interrompue pendant la mise en service du micrologiciel.',
  'detail.firmware-not-verified': 'Le micrologiciel est en service, et le lecteur n’a pas indiqué sa version.',
  'detail.lock-not-verified': 'Le lecteur a accepté la commande pour son verrou, et son état n’a pas été reçu.',
  'detail.firmware-given-up': 'Le micrologiciel n’a pas été mis en service.',
  'detail.firmware-other-reader': 'C’était {was}, c’est maintenant {is}.',
  'detail.one-file': 'Il y en a plusieurs : choisissez-en un.',
  'detail.file-not-read': 'Le navigateur n’a pas pu le lire.',
  'detail.update-running': 'Une mise à jour est en cours : attendez qu’elle soit terminée.',
  'detail.reader-not-back': 'Le lecteur n’est pas revenu après le redémarrage.',
  'detail.no-more-clients': 'Le lecteur simulé n’accepte plus de connexions ou redémarre.',
  'detail.ksn': 'Numéro de série de clé {ksn}.',
  'detail.sale-id': 'Son identifiant est {id}.',
  'detail.no-such-sale': 'Il n’y a pas d’opération sans résultat avec l’identifiant {id}.',
  'detail.option': 'Il s’agit de l’option {name}.',
  'detail.reverse-url': 'reverse-url doit être une adresse de l’origine de cette page.',
  'detail.authorize-url': 'authorize-url doit être une adresse de l’origine de cette page.',
  'detail.status-url': 'status-url doit être une adresse de l’origine de cette page.',
  'detail.tags-in-clear': 'En clair : {tags}.',
  'detail.no-reader': 'Il n’y a pas de lecteur.',
  'detail.no-url': 'L’élément du lecteur n’a pas d’attribut url.',
  'detail.closed-by-page': 'Cette page a fermé la connexion.',
  'detail.browser-refused': 'Le navigateur n’a pas ouvert la connexion.',
  'detail.page-left': 'La page a été quittée.',
  'detail.answers-without-socket': 'L’hôte répond et son certificat est approuvé, mais il n’ouvre pas de WebSocket.',
  'detail.question-closed':
    'Si le navigateur a demandé une autorisation et que la question a été fermée, ouvrez de nouveau la connexion et autorisez-la.',
  'detail.not-delegated': 'La page autour de ce cadre ne transmet pas l’autorisation.',
  'detail.directive': 'La directive est {directive}.',
  'detail.host': 'L’hôte est {host}.',
  'detail.not-opened-in-time': 'La connexion n’a été ni ouverte ni refusée à temps.',
  'detail.taken-over': 'Un autre onglet ou une autre fenêtre de ce navigateur a pris la main.',
  'detail.restarts': 'Le lecteur redémarre.',
  'detail.ended-without-a-word': 'La connexion s’est terminée sans un mot (code de fermeture {code}). {text}',
  'detail.ended-by-reader': 'Le lecteur a mis fin à la connexion (code de fermeture {code}). {text}',
  'detail.host-silent': 'Le service de paiement n’a pas répondu à temps.',
  'detail.host-unclear': 'Sa réponse ne dit ni oui ni non.',
  'detail.inquiry-unclear': 'Sa réponse ne dit ni oui, ni non, ni inconnu.',
  'detail.no-host': 'Personne dans cette page n’interroge un service de paiement.',
  'detail.requests-only': 'Seules des requêtes au lecteur peuvent être envoyées.',
  'detail.no-completion-known': 'Aucune notification connue n’achève cette commande.',
  'detail.end-not-told': 'Le lecteur n’a pas dit comment cela s’est terminé.',
  'detail.file-not-sent': 'Le lecteur a annoncé un fichier et ne l’a pas envoyé.',
  'detail.nobody-signed': 'Personne n’a signé.',
  'detail.no-pin': 'Aucun code PIN n’a été saisi.',
  'detail.no-barcode': 'Aucun code-barres n’a été lu.',
  'detail.no-tag': 'Aucune étiquette NFC n’a été présentée.',
  'detail.card-not-tag': 'Une carte a été présentée au lieu d’une étiquette NFC.',
  'detail.tag-page': 'L’étiquette NFC n’a pas répondu par 16 octets pour la page {page}.',
  'detail.tag-not-ndef': 'L’étiquette NFC n’est pas préparée pour NDEF.',
  'detail.tag-read-only': 'L’étiquette NFC est verrouillée en écriture.',
  'detail.tag-layout':
    'La mémoire de l’étiquette NFC est organisée d’une façon qui ne permet pas d’y écrire sans risque.',
  'detail.tag-too-small': 'Les enregistrements demandent {length} octets, l’étiquette NFC a de la place pour {most}.',
  'detail.tag-not-confirmed': 'L’écriture sur l’étiquette NFC n’a pas été confirmée.',
  'detail.tag-gone': 'L’étiquette NFC a été retirée avant d’être écrite.',
  'detail.tag-cut-emptying': 'L’écriture sur l’étiquette NFC s’est arrêtée à sa première page.',
  'detail.tag-cut-filling': 'L’écriture sur l’étiquette NFC s’est arrêtée après {written} pages sur {pages}.',
  'detail.tag-cut-finishing': 'L’écriture sur l’étiquette NFC s’est arrêtée à sa dernière page.',
  'detail.tag-differs': 'La page {page} de l’étiquette NFC ne contient pas ce qui a été écrit.',
  'detail.tag-sector': 'L’étiquette NFC n’a pas répondu par {length} octets pour le secteur {sector}.',
  'detail.tag-cut-blocks': 'L’écriture du secteur {sector} de l’étiquette NFC a été interrompue.',
  'detail.tag-blocks-differ': 'Le secteur {sector} de l’étiquette NFC ne contient pas ce qui a été écrit.',
  'detail.property-missing': 'La réponse ne contient pas cette propriété.',
  'detail.too-long': 'Le texte a {length} caractères ; les commandes en ont au plus {most}.',
  'detail.bad-hex': 'Un caractère n’est pas un chiffre hexadécimal (caractère {place}).',
  'detail.odd-hex': 'Le nombre de chiffres hexadécimaux est impair (caractère {place}).',
  'detail.no-start': 'Le message ne commence pas par AA (octet {place}).',
  'detail.truncated': 'Un objet est plus long que les octets présents (octet {place}).',
  'detail.bad-length': 'Un champ de longueur que BER-TLV n’admet pas ici (octet {place}).',
  'detail.too-deep': 'Des objets sont imbriqués plus profondément que permis (octet {place}).',
  'detail.bad-information':
    'Le tag 81 (informations du message) manque, est trop court, répété ou d’un type inconnu (octet {place}).',
  'detail.bad-status':
    'Le tag 82 (état ou détail de la notification) manque, est répété ou ne fait pas 4 octets (octet {place}).',
  'detail.bad-payload':
    'Le tag 84 (contenu) manque, est répété ou trop court pour ses deux octets d’identification (octet {place}).',
  'detail.bad-object': 'Un objet qui ne peut figurer qu’une fois est répété (octet {place}).',
  'detail.bad-value': 'Une valeur ne peut pas être écrite ainsi (octet {place}).',

  'refusal.other': 'Code d’état {code}.',
  'refusal.operation-failed': 'L’opération demandée a échoué.',
  'refusal.clock-setting-failed': 'La date et l’heure n’ont pas pu être réglées.',
  'refusal.alarm-setting-failed': 'L’alarme de l’horloge n’a pas pu être réglée.',
  'refusal.key-generation-failed': 'La génération de la clé a échoué.',
  'refusal.tamper-setting-locked': 'Le réglage de la protection contre les altérations est verrouillé.',
  'refusal.tamper-setting-needs-reset': 'Le réglage de la protection contre les altérations exige un redémarrage.',
  'refusal.tamper-not-cleared': 'L’état d’altération n’a pas pu être effacé.',
  'refusal.device-tampered': 'L’appareil a été altéré.',
  'refusal.tamper-module-failed': 'Le module de protection contre les altérations est en panne.',
  'refusal.soft-ap-password-failed': 'Le mot de passe du point d’accès n’a pas pu être défini.',
  'refusal.message-failure': 'Le message n’a pas pu être traité.',
  'refusal.bad-message': 'Le message n’est pas bien construit.',
  'refusal.device-offline': 'L’appareil est hors service et ne traite pas de messages.',
  'refusal.pin-key-not-mapped': 'La clé PIN n’est pas attribuée.',
  'refusal.feature-not-available': 'Cette fonction n’est pas disponible.',
  'refusal.request-failure': 'La requête n’a pas pu être traitée.',
  'refusal.bad-parameter': 'Un paramètre du message est incorrect.',
  'refusal.response-too-large': 'La réponse serait trop grande.',
  'refusal.firmware-failure': 'Défaillance interne du micrologiciel.',
  'refusal.image-failure': 'Défaut de l’image.',
  'refusal.no-such-key': 'La clé n’existe pas.',
  'refusal.not-secured': 'La requête n’est pas sécurisée.',
  'refusal.passcode-failed': 'La vérification du code d’accès a échoué.',
  'refusal.device-locked': 'L’appareil est verrouillé.',
  'refusal.no-transaction': 'Aucune opération n’est en cours.',
  'refusal.cannot-cancel': 'L’opération ne peut pas être annulée maintenant.',
  'refusal.transaction-in-progress': 'Une opération est déjà en cours.',
  'refusal.signature-not-allowed': 'Une signature n’est pas permise maintenant.',
  'refusal.wrong-transaction-state': 'L’opération est dans un état incorrect.',
  'refusal.wrong-pin-state': 'La saisie du code PIN est dans un état incorrect.',
  'refusal.pin-entry-in-progress': 'Une saisie de code PIN est en cours.',
  'refusal.barcode-read-in-progress': 'Une lecture de code-barres est en cours.',
  'refusal.pass-through-not-active': 'Le mode transparent n’est pas actif.',
  'refusal.ui-settings-in-progress': 'Les réglages de l’interface sont en cours.',
  'refusal.buzzer-in-progress': 'Le vibreur sonore est en marche.',
  'refusal.battery-too-low': 'La batterie est à 5 pour cent ou moins.',
  'refusal.no-barcode-reader': 'L’appareil n’a pas de lecteur de codes-barres.',

  'reason.host-approved': 'Le service de paiement a approuvé l’opération.',
  'reason.partly-approved': 'Le service de paiement n’a approuvé qu’une partie du montant.',
  'reason.card-refused':
    'Le service de paiement a approuvé l’opération et la carte l’a refusée. Le service de paiement doit l’annuler.',
  'reason.card-silent':
    'Le service de paiement a approuvé l’opération ; le lecteur n’a pas dit si la carte l’a acceptée.',
  'reason.card-declined': 'La carte a refusé l’opération, et aucun service de paiement n’a décidé ici.',
  'reason.host-declined': 'Le service de paiement a refusé l’opération.',
  'reason.not-sent': 'L’opération a été annulée avant d’être envoyée au lecteur.',
  'reason.refused': 'Le lecteur a refusé de commencer : {status}',
  'reason.connection-lost': 'La connexion au lecteur a été perdue pendant l’opération.',
  'reason.start-unanswered': 'Le lecteur n’a pas dit s’il a commencé l’opération.',
  'reason.host-silent': 'Le service de paiement n’a pas décidé à temps.',
  'reason.host-unclear': 'La réponse du service de paiement ne dit ni oui ni non.',
  'reason.host-failed': 'Le service de paiement n’a pas pu être interrogé.',
  'reason.ended-with-code': 'Le lecteur a terminé l’opération avec le code {code}.',
  'reason.error-before-card': 'Le lecteur a signalé une erreur avant d’avoir lu une carte.',
  'reason.not-read': 'Aucune carte pouvant être débitée n’a été lue, et le serveur de paiement n’a pas été interrogé.',
  'reason.card-read': 'La carte a été lue ; le service de paiement n’a pas décidé ici.',
  'reason.cancelled': 'L’opération a été annulée.',
  'reason.no-card': 'Aucune carte n’a été présentée à temps.',
  'reason.no-choice': 'Aucun choix n’a été fait à temps.',
  'reason.overtaken': 'Le lecteur a commencé une autre opération avant de dire comment celle-ci s’est terminée.',
  'reason.end-not-told': 'Le lecteur n’a pas dit comment l’opération s’est terminée.',
  'reason.approved-and-refused':
    'Le service de paiement a accepté l’opération, et le lecteur l’a terminée comme refusée.',
  'reason.approved-and-ended-otherwise':
    'Le service de paiement a accepté l’opération, et le lecteur l’a terminée avec le code {code}, qui dit autre chose.',
  'reason.declined-and-ended-otherwise':
    'Le service de paiement a refusé l’opération, et le lecteur l’a terminée avec le code {code}, qui dit autre chose.',
  'reason.two-cards':
    'Le lecteur a envoyé les données de deux cartes, {asked} et {other}. Seule la première a été transmise au service de paiement.',
  'reason.unexplained-code':
    'Le lecteur a terminé l’opération avec le code {code}, qu’aucune source publiée n’explique.',
};
