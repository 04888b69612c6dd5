/** The words of all elements in German. */
import type { Words } from './english.js';

export const german: Words = {
  'status.idle': 'Nicht verbunden',
  'status.connecting': 'Verbindung wird hergestellt …',
  'status.ready': 'Verbunden',
  'status.stale': 'Verbunden, aber das Lesegerät antwortet nicht',
  'status.reconnecting': 'Verbindung verloren, neuer Versuch …',
  'status.failed': 'Nicht verbunden',
  'status.closed': 'Geschlossen',
  'status.no-reader': 'Kein Lesegerät',
  'status.open': 'Verbinden',
  'status.close': 'Trennen',
  'status.take-over': 'Übernehmen',
  'copy.done': 'Kopiert.',
  'copy.refused': 'Der Browser lässt diese Seite nicht kopieren.',
  'device-info.title': 'Über das Lesegerät',
  'device-info.serial-number': 'Seriennummer',
  'device-info.capabilities': 'Fähigkeiten, Aufbau nicht veröffentlicht',
  'device-info.connection-limit': 'Verbindungen gleichzeitig',
  'device-info.refresh': 'Neu abfragen',
  'device-info.copy': 'Kopieren',
  'device-info.busy': 'Das Lesegerät wird gefragt …',
  'device-info.empty': 'Das Lesegerät wurde noch nicht gefragt.',

  'transaction.pay': '{amount} bezahlen',
  'transaction.again': 'Noch einmal',
  'transaction.cancel': 'Abbrechen',
  'transaction.choose': 'Wählen Sie, womit Sie zahlen',
  'transaction.starting': 'Das Lesegerät wird gestartet …',
  'transaction.reading': 'Die Karte wird gelesen. Bitte nicht entfernen.',
  'transaction.authorizing': 'Die Entscheidung wird eingeholt …',
  'transaction.finishing': 'Wird abgeschlossen …',
  'transaction.done': 'Fertig',
  'transaction.not-connected': 'Das Lesegerät ist nicht verbunden.',
  'transaction.required': 'Bezahlen Sie zuerst mit einer Karte.',
  'outcome.approved': 'Genehmigt',
  'outcome.declined': 'Abgelehnt',
  'outcome.deferred': 'Karte gelesen',
  'outcome.cancelled': 'Abgebrochen',
  'outcome.timed-out': 'Keine Karte rechtzeitig',
  'outcome.failed': 'Nicht begonnen',
  'outcome.unknown': 'Ausgang unbekannt: vor einer neuen Zahlung nachfragen',
  'way.insert': 'stecken',
  'way.tap': 'vorhalten',
  'way.swipe': 'durchziehen',
  'prompt.card': 'Ihre Karte: {ways}',
  'prompt.remove': 'Karte entnehmen',
  'prompt.again': 'Bitte noch einmal',
  'prompt.phone': 'Sehen Sie auf Ihr Telefon',
  'prompt.wait': 'Bitte warten',
  'prompt.collision': 'Bitte nur eine Karte',
  'display.welcome': 'Bereit',
  'display.label': 'Anzeige des Lesegeräts',

  'error.timeout': 'Das Lesegerät hat nicht rechtzeitig geantwortet.',
  'help.timeout':
    'Prüfen Sie, ob das Lesegerät eingeschaltet und frei ist. Der Befehl kann trotzdem ausgeführt worden sein: Sehen Sie auf dem Gerät nach, bevor Sie ihn erneut senden.',
  'error.aborted': 'Die Anfrage wurde von dieser Seite abgebrochen.',
  'help.aborted': 'Falls sie schon gesendet war, kann das Lesegerät sie noch ausführen.',
  'error.connection-lost': 'Die Verbindung zum Lesegerät ist abgebrochen.',
  'help.connection-lost':
    'Prüfen Sie Strom und Netzwerk des Lesegeräts und verbinden Sie sich neu. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'error.not-connected': 'Es besteht keine Verbindung zum Lesegerät.',
  'help.not-connected': 'Stellen Sie zuerst die Verbindung her.',
  'error.unreachable': 'Das Lesegerät ist nicht erreichbar.',
  'help.unreachable':
    'Prüfen Sie die Adresse und ob das Lesegerät eingeschaltet und im selben Netzwerk ist. Beginnt die Adresse mit wss, öffnen Sie dieselbe Adresse mit https in einem neuen Tab und nehmen Sie das Zertifikat an: Eine Seite kann ein unbekanntes Zertifikat nicht von einem ausgeschalteten Gerät unterscheiden.',
  'error.offline': 'Dieses Gerät hat kein Netzwerk.',
  'help.offline':
    'Verbinden Sie es mit dem Netzwerk des Lesegeräts. Die Verbindung wird hergestellt, sobald das Netzwerk wieder da ist.',
  'error.bad-url': 'Die Adresse des Lesegeräts ist nicht verwendbar.',
  'help.bad-url': 'Setzen Sie das Attribut url auf eine Adresse wie wss://reader.example oder ws://127.0.0.1:8080.',
  'error.insecure-url': 'Die Adresse des Lesegeräts ist unverschlüsselt.',
  'help.insecure-url':
    'Verwenden Sie eine wss-Adresse. Unverschlüsseltes ws ist nur für diesen Computer (localhost) erlaubt oder mit dem Attribut allow-insecure; eine über https geladene Seite kann es gar nicht verwenden.',
  'error.in-use': 'Ein anderes Element dieser Seite verwendet diese Adresse schon.',
  'help.in-use':
    'Verwenden Sie für jedes Lesegerät ein Element und verweisen Sie die anderen mit dem Attribut for darauf.',
  'error.not-chosen': 'Für diese Seite wurde noch kein Lesegerät am USB ausgewählt.',
  'help.not-chosen':
    'Schließen Sie das Lesegerät an, öffnen Sie die Verbindung mit einem Klick und wählen Sie es in der Liste des Browsers aus. Danach öffnet die Seite es, ohne zu fragen.',
  'error.unsupported': 'Dieser Browser kann das Lesegerät auf diesem Weg nicht erreichen.',
  'help.unsupported':
    'Lesegeräte am USB brauchen Chrome oder Edge auf einem Computer und eine über https geladene Seite. Verbinden Sie das Lesegerät sonst über das Netzwerk.',
  'error.bad-hex': 'Der Befehl ist kein hexadezimaler Text.',
  'help.bad-hex': 'Verwenden Sie Paare aus den Ziffern 0 bis 9 und A bis F.',
  'error.bad-message': 'Diese Bytes sind keine MMS-Nachricht.',
  'help.bad-message':
    'Vergleichen Sie die Bytes mit der Befehlsliste. Nichts wird gesendet, und was beschädigt ankam, wird nicht verwendet.',
  'error.rejected': 'Das Lesegerät hat den Befehl abgelehnt.',
  'help.rejected':
    'Die Einzelheiten nennen den Grund. Beenden Sie, was das Lesegerät gerade tut, oder berichtigen Sie die Angaben.',
  'error.not-completed': 'Das Lesegerät hat ohne Ergebnis aufgehört.',
  'error.bad-amount': 'Der Betrag kann nicht berechnet werden.',
  'help.not-completed':
    'Vielleicht hat die Person abgebrochen, oder die Zeit war um. Fragen Sie nach und beginnen Sie von vorn.',
  'help.bad-amount':
    'Geben Sie den Betrag als Dezimaltext wie „4.60“ an, größer als null und mit höchstens so vielen Nachkommastellen, wie die Währung hat, und die Währung als Code aus drei Buchstaben.',
  'error.bad-option': 'Eine Angabe zum Verkauf ist nicht verwendbar.',
  'help.bad-option': 'Die Einzelheiten nennen die Angabe und was erlaubt ist.',
  'error.transaction-in-progress': 'Es läuft schon ein Verkauf.',
  'help.transaction-in-progress': 'Warten Sie, bis er vorbei ist, oder brechen Sie ihn ab.',
  'error.duplicate-transaction': 'Ein Verkauf mit dieser Kennung wurde schon begonnen.',
  'help.duplicate-transaction':
    'Fragen Sie beim Zahlungsdienst nach, wie er ausging. Verwenden Sie nur für einen anderen Verkauf eine neue Kennung: Sonst würde zweimal abgebucht.',
  'error.authorize-failed': 'Die Entscheidung des Zahlungsdienstes war nicht zu bekommen.',
  'help.authorize-failed':
    'Fragen Sie beim Zahlungsdienst nach, ob der Verkauf genehmigt wurde, bevor Sie erneut abbuchen.',
  'error.listener-failed': 'Eine Funktion dieser Seite hat einen Fehler ausgelöst.',
  'help.listener-failed': 'Die Ursache steht im Fehler. Die anderen Funktionen wurden trotzdem aufgerufen.',
  'error.mixed-content': 'Diese Seite wurde über https geladen und darf keine unverschlüsselten Verbindungen öffnen.',
  'help.mixed-content':
    'Verwenden Sie eine wss-Adresse; jedes Lesegerät mit WebSocket kann ein Zertifikat bekommen. Nur dieser Computer selbst (localhost) ist von einer solchen Seite aus mit ws erreichbar, und nicht in jedem Browser.',
  'error.permission-needed': 'Der Browser muss fragen, ob diese Seite Geräte im lokalen Netzwerk erreichen darf.',
  'help.permission-needed':
    'Stellen Sie die Verbindung mit einem Klick her und erlauben Sie sie, wenn der Browser fragt: Von selbst wird nie gefragt. Steht die Seite in einem Rahmen, muss die umgebende Seite die Erlaubnis weitergeben: <iframe allow="local-network; loopback-network">.',
  'error.permission-denied': 'Der Browser lässt diese Seite keine Geräte im lokalen Netzwerk erreichen.',
  'help.permission-denied':
    'Erlauben Sie „Lokales Netzwerk“ für diese Seite in den Website-Einstellungen des Browsers (Symbol neben der Adresse) und stellen Sie die Verbindung dann neu her. Steht die Seite in einem Rahmen, muss die umgebende Seite die Erlaubnis weitergeben: <iframe allow="local-network; loopback-network">.',
};
