/** Errors, refusals and outcomes in German. */
import type { ErrorKey } from '../words.js';

export const errors: Readonly<Record<ErrorKey, string>> = {
  'error.more': 'Mehr darüber',
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
    'Verwenden Sie eine wss-Adresse. Unverschlüsseltes ws ist nur für diesen Computer (localhost) erlaubt oder mit dem Attribut allow-insecure; aus einer über https geladenen Seite öffnen Browser es nur für wenige Adressen.',
  'error.in-use': 'Dieses Lesegerät wird in diesem Browser schon anderswo verwendet.',
  'help.in-use':
    'Verwenden Sie in einer Seite für jedes Lesegerät ein Element und verweisen Sie die anderen mit dem Attribut for darauf. Verwendet es ein anderer Tab oder ein anderes Fenster, schließen Sie es dort oder übernehmen Sie die Verbindung.',
  'error.not-authorized': 'Der Broker lässt diese Seite nicht herein.',
  'help.not-authorized':
    'Prüfen Sie Benutzername und Passwort dieser Seite und was die Zugriffsregeln des Brokers ihr erlauben. Es wird nicht von selbst noch einmal versucht.',
  'error.not-chosen': 'Für diese Seite wurde noch kein Lesegerät am USB ausgewählt.',
  'help.not-chosen':
    'Schließen Sie das Lesegerät an, öffnen Sie die Verbindung mit einem Klick und wählen Sie es in der Liste des Browsers aus. Danach öffnet die Seite es, ohne zu fragen.',
  'error.unsupported': 'Dieser Browser kann das Lesegerät auf diesem Weg nicht erreichen.',
  'help.unsupported':
    'Lesegeräte am USB brauchen Chrome oder Edge auf einem Computer und eine über https geladene Seite. Verbinden Sie das Lesegerät sonst über das Netzwerk.',
  'error.other-reader': 'Am Anschluss ist jetzt ein anderes Lesegerät.',
  'help.other-reader':
    'Es wird nicht von selbst verwendet. Schließen Sie das frühere wieder an, oder öffnen Sie die Verbindung mit einem Klick, um dieses zu verwenden.',
  'error.bad-file': 'Diese Datei kann nicht an das Lesegerät gesendet werden.',
  'help.bad-file': 'Die Einzelheiten nennen den Grund. Es wurde nichts gesendet.',
  'help.firmware-cut-loading':
    'Das Lesegerät arbeitet mit seiner bisherigen Firmware weiter: Das Laden allein ändert nichts. Verbinden Sie sich neu und beginnen Sie die Aktualisierung von vorn.',
  'help.firmware-cut-committing':
    'Das Lesegerät verwendet vielleicht schon die neue Firmware oder startet noch. Lassen Sie es einige Minuten am Strom, verbinden Sie sich neu und vergleichen Sie die Version, bevor Sie etwas anderes beginnen.',
  'help.firmware-not-verified':
    'Verbinden Sie sich neu und vergleichen Sie die Version, bevor Sie etwas anderes beginnen. Es muss nichts noch einmal gesendet werden.',
  'help.lock-not-verified':
    'Das Lesegerät kann gesperrt oder offen sein. Verbinden Sie sich neu und lesen Sie seinen Zustand (getDeviceInfo), bevor der Befehl noch einmal gesendet wird.',
  'help.firmware-given-up':
    'Das Lesegerät arbeitet mit seiner bisherigen Firmware weiter. Es ist vielleicht noch eine Minute mit der Datei beschäftigt, danach kann die Aktualisierung neu beginnen.',
  'help.firmware-other-reader':
    'Prüfen Sie, welches Lesegerät verbunden ist. Verbinden Sie das, welches aktualisiert werden soll, und vergleichen Sie die Version, bevor Sie etwas anderes beginnen.',
  'help.reader-not-back':
    'Lassen Sie das Lesegerät einige Minuten am Strom. Kommt es nicht wieder, schalten Sie es aus und ein, verbinden Sie sich und vergleichen Sie die Version.',
  'help.firmware-not-loaded':
    'Das Lesegerät arbeitet mit seiner bisherigen Firmware weiter. Prüfen Sie, ob die Datei für dieses Modell ist und vollständig vom Hersteller kam.',
  'help.firmware-not-used':
    'Das Lesegerät startet in jedem Fall neu. Verbinden Sie sich neu und vergleichen Sie die Version: Es sollte die bisherige sein.',
  'help.tag-not-ndef': 'Es wurde nichts geschrieben. Nehmen Sie ein NFC-Tag, das für NDEF formatiert ist.',
  'help.tag-read-only': 'Es wurde nichts geschrieben. Nehmen Sie ein anderes NFC-Tag.',
  'help.tag-layout': 'Es wurde nichts geschrieben. Nehmen Sie ein anderes NFC-Tag.',
  'help.tag-too-small': 'Es wurde nichts geschrieben. Nehmen Sie ein größeres NFC-Tag oder kürzere Einträge.',
  'help.tag-not-confirmed': 'Es wurde nichts geschrieben.',
  'help.tag-gone': 'Es wurde nichts geschrieben. Halten Sie das NFC-Tag an das Lesegerät, bis es piept.',
  'help.tag-cut-emptying':
    'Das NFC-Tag enthält seine alten Einträge oder keine. Halten Sie es noch einmal an das Lesegerät und schreiben Sie die Einträge erneut.',
  'help.tag-cut-filling':
    'Das NFC-Tag enthält keine Einträge: Seine Länge sagt das, bis alle da sind. Halten Sie es noch einmal an das Lesegerät und schreiben Sie die Einträge erneut.',
  'help.tag-cut-finishing':
    'Das NFC-Tag enthält die neuen Einträge oder keine. Lesen Sie es, und schreiben Sie die Einträge erneut, wenn sie fehlen.',
  'help.tag-differs':
    'Das NFC-Tag ist vielleicht durch ein Passwort geschützt oder abgenutzt. Lesen Sie, was es enthält, oder nehmen Sie ein anderes.',
  'help.tag-cut-blocks': 'Die Blöcke enthalten die bisherigen Daten, die neuen oder von beiden etwas. Lesen Sie sie.',
  'help.tag-blocks-differ': 'Lesen Sie, was der Sektor enthält. Vielleicht darf der Schlüssel ihn nicht beschreiben.',
  'help.battery-low':
    'Laden Sie das Lesegerät oder schließen Sie es an den Strom an und beginnen Sie die Aktualisierung dann erneut. Es wurde nichts gesendet.',
  'help.usb-forbidden':
    'Ist die Seite in einem Frame, muss die Seite darum die Erlaubnis weitergeben: <iframe allow="hid">. Sonst muss die Permissions-Policy, mit der die Seite ausgeliefert wird, es erlauben: hid=(self).',
  'help.usb-not-opened':
    'Schließen Sie andere Programme, die das Lesegerät verwenden. Unter Linux muss eine udev-Regel dem Benutzer den Zugriff erlauben: SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0801", MODE="0660", TAG+="uaccess" in /etc/udev/rules.d, danach das Lesegerät neu anstecken.',
  'help.usb-unplugged':
    'Stecken Sie das Lesegerät wieder an: Die Verbindung wird dann von selbst geöffnet. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'help.usb-stalled':
    'Ziehen Sie das USB-Kabel ab und stecken Sie es wieder an. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'help.usb-wrong-device':
    'Öffnen Sie die Verbindung noch einmal mit einem Klick und wählen Sie das Lesegerät, das im Attribut device genannt ist.',
  'help.parts-lost':
    'Die Seite oder der Computer war zu beschäftigt, um rechtzeitig zu lesen. Sehen Sie am Lesegerät nach, bevor Sie den Befehl erneut senden: Er wurde ausgeführt, nur seine Antwort fehlt.',
  'help.serial-not-opened':
    'Schließen Sie andere Programme, die den Anschluss verwenden. Unter Linux muss der Benutzer in der Gruppe dialout (oder uucp) sein.',
  'help.serial-unplugged':
    'Stecken Sie das Kabel wieder an: Die Verbindung wird dann von selbst geöffnet. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'help.serial-stalled':
    'Ziehen Sie das Kabel ab und stecken Sie es wieder an. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'help.ble-not-allowed':
    'Schalten Sie das Lesegerät ein, öffnen Sie die Verbindung mit einem Klick und wählen Sie es in der Liste des Browsers aus.',
  'help.ble-none-chosen':
    'Schalten Sie das Lesegerät ein, öffnen Sie die Verbindung mit einem Klick und wählen Sie es in der Liste des Browsers aus.',
  'help.ble-not-reached':
    'Prüfen Sie, ob das Lesegerät eingeschaltet, in der Nähe und mit keinem anderen Gerät verbunden ist. Fragt das System nach einer Kopplung, nehmen Sie sie an.',
  'help.ble-lost':
    'Prüfen Sie, ob das Lesegerät eingeschaltet und in der Nähe ist. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
  'help.ble-stalled':
    'Prüfen Sie, ob das Lesegerät eingeschaltet und in der Nähe ist. Ein laufender Befehl kann ausgeführt worden sein: Nichts wird von selbst noch einmal gesendet.',
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
  'error.clear-card-data': 'Das Lesegerät hat Kartendaten im Klartext gesendet.',
  'help.clear-card-data':
    'Der Host und das Formular erhalten nichts davon. Wer das Lesegerät vorbereitet hat, muss Verschlüsselung und Maskierung neu einrichten. Eine Seite, die solche Daten annehmen soll, sagt es mit allow-clear-data.',
  'error.bad-option': 'Eine Angabe ist nicht verwendbar.',
  'help.bad-option': 'Die Einzelheiten nennen die Angabe und was erlaubt ist.',
  'error.transaction-in-progress': 'Es läuft schon ein Vorgang.',
  'help.transaction-in-progress': 'Warten Sie, bis er vorbei ist, oder brechen Sie ihn ab.',
  'error.duplicate-transaction': 'Ein Vorgang mit dieser Kennung wurde schon begonnen.',
  'help.duplicate-transaction':
    'Fragen Sie beim Zahlungsdienst nach, wie er ausging. Verwenden Sie nur für einen anderen Vorgang eine neue Kennung: Sonst geschähe er zweimal.',
  'error.authorize-failed': 'Die Entscheidung des Zahlungsdienstes war nicht zu bekommen.',
  'help.authorize-failed':
    'Fragen Sie beim Zahlungsdienst nach, ob der Vorgang genehmigt wurde, bevor Sie es erneut versuchen.',
  'error.unresolved-transaction': 'Niemand weiß bisher, wie ein Vorgang mit diesem Lesegerät ausging.',
  'help.unresolved-transaction':
    'Klären Sie das vor dem nächsten: Brechen Sie ab, was das Lesegerät noch tut, fragen Sie den Zahlungsdienst, oder tragen Sie ein, was Sie herausgefunden haben.',
  'error.inquire-failed': 'Der Zahlungsdienst konnte nicht gefragt werden, wie der Vorgang ausging.',
  'help.inquire-failed':
    'Fragen Sie gleich noch einmal, oder klären Sie es selbst beim Zahlungsdienst. Beginnen Sie ihn vorher nicht noch einmal.',
  'error.amounts-differ': 'Trinkgeld, Steuer und Summe des Lesegeräts passen nicht zusammen.',
  'help.amounts-differ':
    'Es wurde kein Geld angefordert. Prüfen Sie, welches Trinkgeld und welche Steuer das Lesegerät von sich aus abfragt, und beginnen Sie neu.',
  'error.reversal-failed':
    'Der Zahlungsdienst hat einen Vorgang genehmigt, den die Karte abgelehnt hat, und die Stornierung nicht bestätigt.',
  'help.reversal-failed': 'Stornieren Sie ihn beim Zahlungsdienst: Suchen Sie ihn mit seiner Kennung.',
  'error.card-data-used':
    'Das Lesegerät hat Kartendaten gesendet, die schon für einen früheren Vorgang verwendet wurden.',
  'help.card-data-used':
    'Sie gehören nicht zu diesem Vorgang, und der Zahlungsdienst wurde nicht nach ihnen gefragt. Der Vorgang läuft weiter: Karte vorlegen. Geschieht es wieder, stellt ein Broker oder eine Weiterleitung Nachrichten doppelt zu.',
  'error.part-missing': 'Der Code, der dafür nötig ist, konnte nicht geladen werden.',
  'help.part-missing':
    'Es wurde nichts gesendet. Versuchen Sie es noch einmal; hilft das nicht, laden Sie die Seite neu.',
  'error.listener-failed': 'Eine Funktion dieser Seite hat einen Fehler ausgelöst.',
  'help.listener-failed': 'Die Ursache steht im Fehler. Die anderen Funktionen wurden trotzdem aufgerufen.',
  'error.mixed-content': 'Diese Seite wurde über https geladen und darf keine unverschlüsselten Verbindungen öffnen.',
  'help.mixed-content':
    'Verwenden Sie eine wss-Adresse; jedes Lesegerät mit WebSocket kann ein Zertifikat bekommen. Mit ws erreicht eine solche Seite diesen Computer selbst (localhost) und in Chrome und Edge auch eine private Nummer wie 192.168.1.7 oder einen Namen auf .local.',
  'error.permission-needed':
    'Der Browser muss vielleicht fragen, ob diese Seite Geräte im lokalen Netzwerk erreichen darf.',
  'help.permission-needed':
    'Stellen Sie die Verbindung mit einem Klick her und erlauben Sie sie, falls der Browser fragt. Hat das geklappt, wird sie künftig von selbst hergestellt. Steht die Seite in einem Rahmen, muss die umgebende Seite die Erlaubnis weitergeben: <iframe allow="local-network; loopback-network">.',
  'error.permission-denied': 'Der Browser lässt diese Seite keine Geräte im lokalen Netzwerk erreichen.',
  'help.permission-denied':
    'Steht die Seite in einem Rahmen, muss die umgebende Seite die Erlaubnis weitergeben: <iframe allow="local-network; loopback-network">. Erlauben Sie sonst „Lokales Netzwerk“ und für diesen Computer „Apps auf dem Gerät“ für diese Seite in den Website-Einstellungen des Browsers (Symbol neben der Adresse): Dann wird die Verbindung von selbst hergestellt.',
  'error.blocked-by-policy': 'Die Sicherheitsrichtlinie dieser Seite verbietet die Verbindung.',
  'help.blocked-by-policy':
    "Nehmen Sie die Adresse des Lesegeräts in connect-src der Content-Security-Policy auf, mit der die Seite ausgeliefert wird: connect-src 'self' wss://reader.example.",
  'error.certificate-suspected':
    'Das Lesegerät antwortet, aber der Browser vertraut seinem Zertifikat anscheinend nicht.',
  'help.certificate-suspected':
    'Öffnen Sie die Adresse des Lesegeräts mit https in einem neuen Tab, nehmen Sie das Zertifikat an und kommen Sie zurück: Die Verbindung wird dann erneut versucht. Damit die Warnung ausbleibt, geben Sie dem Lesegerät ein Zertifikat, dem dieser Computer vertraut.',
  'error.host-not-allowed': 'Diese Seite erlaubt keine Verbindungen zu diesem Host.',
  'help.host-not-allowed':
    'Verwenden Sie eine Adresse, deren Host im Attribut allow-hosts des Lesegeräte-Elements steht, oder nehmen Sie den Host dort auf.',

  'detail.no-web-socket-address': '„{address}“ ist keine WebSocket-Adresse: Sie muss mit wss:// oder ws:// beginnen.',
  'detail.no-broker-address': '„{address}“ ist keine Adresse eines Brokers: Sie muss mit wss:// oder ws:// beginnen.',
  'error.broker-path': 'Unter dieser Adresse ist kein MQTT-Broker.',
  'help.broker-path':
    'Prüfen Sie den Pfad der Adresse: RabbitMQ ist unter /ws erreichbar, NATS unter /mqtt, andere so, wie sie eingestellt sind.',
  'error.broker-version': 'Der Broker spricht keine MQTT-Version, die diese Seite spricht.',
  'help.broker-version':
    'Lassen Sie den Broker MQTT 5 oder 3.1.1 sprechen. Von selbst wird es nicht noch einmal versucht.',
  'error.unreachable-broker': 'Der Broker ist nicht erreichbar.',
  'help.unreachable-broker':
    'Prüfen Sie die Adresse des Brokers, ob er läuft und ob dieses Netzwerk die Seite zu ihm lässt. Beginnt die Adresse mit wss, öffnen Sie dieselbe Adresse mit https in einem neuen Tab und sehen Sie nach, ob seinem Zertifikat vertraut wird. Am Lesegerät liegt es nicht.',
  'error.unreachable-behind-broker': 'Der Broker ist da, aber das Lesegerät dahinter ist nicht erreichbar.',
  'help.unreachable-behind-broker':
    'Prüfen Sie, ob das Lesegerät oder die Bridge, die es veröffentlicht, eingeschaltet und mit dem Broker verbunden ist, ob sein Pfad so geschrieben ist wie dort und ob diese Seite ihm Befehle senden darf.',
  'error.connection-lost-broker': 'Die Verbindung zum Broker ist abgebrochen.',
  'help.connection-lost-broker':
    'Sie wird von selbst wiederhergestellt. Ein Befehl, der unterwegs war, kann ausgeführt worden sein: Von selbst wird nichts noch einmal gesendet. Geschieht es immer wieder, liegt es am Broker und am Netzwerk dieser Seite, nicht am Lesegerät.',
  'detail.broker-busy': 'Der Broker nimmt gerade keine Verbindungen an.',
  'detail.broker-lost': 'Der Broker oder das Netzwerk hat sie beendet.',
  'detail.broker-no-version': 'Der Broker spricht weder MQTT 5 noch MQTT 3.1.1.',
  'detail.broker-not-at-path': 'Unter {address} antwortet etwas, aber nicht mit MQTT.',
  'detail.broker-refuses-command': 'Der Broker lässt diese Seite nicht an {topic} veröffentlichen.',
  'detail.broker-refuses-name':
    'Dieser Broker nimmt den Namen {path} nicht an: Buchstaben, Ziffern, - und _ gehen überall.',
  'detail.reader-silent': 'Das Lesegerät {device} hat auf eine Frage nicht geantwortet.',
  'detail.broker-not-reached': 'Die Verbindung zum Broker kam nicht zustande.',
  'detail.broker-refuses-user': 'Der Broker nimmt den Benutzernamen oder das Passwort nicht an.',
  'detail.broker-refuses-topic': 'Der Broker lässt diese Seite {topic} nicht mitlesen.',
  'detail.reader-not-at-broker': 'Der Broker sagt, dass das Lesegerät {device} nicht mit ihm verbunden ist.',
  'detail.address-with-user': 'Die Adresse darf weder Benutzernamen noch Passwort enthalten.',
  'detail.address-with-fragment': 'Die Adresse darf kein Fragment (#) enthalten.',
  'detail.not-this-computer': '{host} ist nicht dieser Computer.',
  'detail.unencrypted-forbidden': 'Diese Seite darf keine unverschlüsselten Verbindungen öffnen.',
  'detail.closed-while-connecting': 'Die Verbindung konnte nicht geöffnet werden (Schließcode {code}).',
  'detail.open-in-page': 'Ein anderes Element dieser Seite hat {address} geöffnet.',
  'detail.sale-elsewhere': 'In einem anderen Tab oder Fenster läuft gerade ein Vorgang damit.',
  'detail.open-elsewhere': 'Ein anderer Tab oder ein anderes Fenster dieses Browsers hat es geöffnet.',
  'detail.usb-not-allowed': 'Diese Seite darf kein Lesegerät am USB verwenden.',
  'detail.usb-forbidden': 'Die Permissions-Policy dieser Seite verbietet Lesegeräte am USB.',
  'detail.usb-none-chosen': 'Es wurde kein Lesegerät ausgewählt.',
  'detail.usb-open-already': 'Das Lesegerät ist am USB.',
  'detail.usb-not-opened': 'Das Lesegerät ist angeschlossen, aber das System ließ es nicht öffnen.',
  'detail.no-web-hid': 'Er hat kein WebHID.',
  'detail.usb-unplugged': 'Das Lesegerät wurde abgesteckt.',
  'detail.usb-stalled': 'Das Lesegerät hat keine Daten mehr angenommen.',
  'detail.usb-wrong-device': '{names} ist nicht das gesuchte Lesegerät oder nimmt keine Nachrichten an.',
  'detail.parts-lost': 'Teile einer Nachricht des Lesegeräts gingen unterwegs verloren.',
  'detail.another-reader': 'Angeschlossen war {was}, jetzt ist es {is}.',
  'detail.reader-unidentified': 'Das Lesegerät hat seine Seriennummer nicht genannt.',
  'detail.serial-not-allowed': 'Diese Seite darf keinen seriellen Anschluss verwenden.',
  'detail.serial-none-chosen': 'Es wurde kein serieller Anschluss ausgewählt.',
  'detail.serial-open-already': 'Der serielle Anschluss ist schon geöffnet.',
  'detail.serial-not-opened': 'Das System ließ den seriellen Anschluss nicht öffnen.',
  'detail.serial-unplugged': 'Der serielle Anschluss ist weg.',
  'detail.serial-stalled': 'Der serielle Anschluss hat keine Daten mehr angenommen.',
  'detail.no-web-serial': 'Er hat kein Web Serial.',
  'detail.ble-not-allowed': 'Diese Seite darf kein Lesegerät über Bluetooth verwenden.',
  'detail.ble-none-chosen': 'Es wurde kein Bluetooth-Lesegerät ausgewählt.',
  'detail.ble-open-already': 'Diese Seite ist über Bluetooth schon damit verbunden.',
  'detail.ble-not-reached': 'Die Bluetooth-Verbindung kam nicht zustande.',
  'detail.ble-lost': 'Die Bluetooth-Verbindung ist abgebrochen.',
  'detail.ble-stalled': 'Das Lesegerät hat über Bluetooth keine Daten mehr angenommen.',
  'detail.no-web-bluetooth': 'Er hat kein Web Bluetooth, oder Bluetooth ist ausgeschaltet.',
  'detail.file-id': 'Die Kennung einer Datei hat acht hexadezimale Ziffern.',
  'detail.file-empty': 'Sie ist leer.',
  'detail.file-too-large': 'Sie ist größer als {most} Bytes.',
  'detail.file-name': 'Ihr Name muss 1 bis {most} ASCII-Zeichen haben.',
  'detail.file-not-kept': 'Das Lesegerät hat nicht, was gesendet wurde.',
  'detail.no-checksum': 'Prüfsummen brauchen eine Seite, die über https oder von localhost geladen wurde.',
  'detail.firmware-unknown': 'Es ist keine Firmware-Datei einer bekannten Art.',
  'detail.battery-low': 'Der Akku ist bei {percent} Prozent.',
  'detail.firmware-not-loaded': 'Das Lesegerät hat die Firmware nicht angenommen (Code {code}).',
  'detail.firmware-not-used': 'Das Lesegerät konnte die Firmware nicht in Gebrauch nehmen (Code {code}).',
  'detail.firmware-cut-loading': 'Die Aktualisierung brach ab, während die Firmware geladen wurde.',
  'detail.firmware-cut-committing': 'Die Aktualisierung brach ab, während die Firmware in Gebrauch genommen wurde.',
  'detail.firmware-not-verified': 'Die Firmware ist in Gebrauch, und das Lesegerät hat seine Version nicht genannt.',
  'detail.lock-not-verified':
    'Das Lesegerät hat den Befehl für seine Sperre angenommen, und sein Zustand wurde nicht bekannt.',
  'detail.firmware-given-up': 'Die Firmware wurde nicht in Gebrauch genommen.',
  'detail.firmware-other-reader': 'Es war {was}, jetzt ist es {is}.',
  'detail.one-file': 'Es sind mehrere Dateien: Wählen Sie eine.',
  'detail.file-not-read': 'Der Browser konnte sie nicht lesen.',
  'detail.update-running': 'Es läuft eine Aktualisierung: Warten Sie, bis sie beendet ist.',
  'detail.reader-not-back': 'Das Lesegerät ist nach dem Neustart nicht wieder da.',
  'detail.no-more-clients': 'Das simulierte Lesegerät nimmt keine weiteren Verbindungen an oder startet neu.',
  'detail.ksn': 'Schlüsselseriennummer {ksn}.',
  'detail.sale-id': 'Seine Kennung ist {id}.',
  'detail.no-such-sale': 'Es gibt keinen Vorgang ohne Ausgang mit der Kennung {id}.',
  'detail.option': 'Es geht um die Angabe {name}.',
  'detail.reverse-url': 'reverse-url muss eine Adresse auf dem Ursprung dieser Seite sein.',
  'detail.authorize-url': 'authorize-url muss eine Adresse auf dem Ursprung dieser Seite sein.',
  'detail.status-url': 'status-url muss eine Adresse auf dem Ursprung dieser Seite sein.',
  'detail.tags-in-clear': 'Im Klartext: {tags}.',
  'detail.no-reader': 'Es gibt kein Lesegerät.',
  'detail.no-url': 'Dem Element des Lesegeräts fehlt das Attribut url.',
  'detail.closed-by-page': 'Diese Seite hat die Verbindung geschlossen.',
  'detail.browser-refused': 'Der Browser hat die Verbindung nicht geöffnet.',
  'detail.page-left': 'Die Seite wurde verlassen.',
  'detail.answers-without-socket':
    'Der Host antwortet und sein Zertifikat ist vertrauenswürdig, aber er öffnet keinen WebSocket.',
  'detail.question-closed':
    'Falls der Browser um Erlaubnis gefragt hat und die Frage geschlossen wurde: Stellen Sie die Verbindung noch einmal her und erlauben Sie sie.',
  'detail.not-delegated': 'Die Seite um diesen Rahmen gibt die Erlaubnis nicht weiter.',
  'detail.directive': 'Die Direktive ist {directive}.',
  'detail.host': 'Der Host ist {host}.',
  'detail.not-opened-in-time': 'Die Verbindung wurde nicht rechtzeitig geöffnet oder abgelehnt.',
  'detail.taken-over': 'Ein anderer Tab oder ein anderes Fenster dieses Browsers hat es übernommen.',
  'detail.restarts': 'Das Lesegerät startet neu.',
  'detail.ended-without-a-word': 'Die Verbindung endete wortlos (Schließcode {code}). {text}',
  'detail.ended-by-reader': 'Das Lesegerät hat die Verbindung beendet (Schließcode {code}). {text}',
  'detail.host-silent': 'Der Zahlungsdienst hat nicht rechtzeitig geantwortet.',
  'detail.host-unclear': 'Seine Antwort sagt weder ja noch nein.',
  'detail.inquiry-unclear': 'Seine Antwort sagt weder ja noch nein noch unbekannt.',
  'detail.no-host': 'Niemand in dieser Seite fragt einen Zahlungsdienst.',
  'detail.requests-only': 'Nur Anfragen an das Lesegerät können gesendet werden.',
  'detail.no-completion-known': 'Es ist keine Meldung bekannt, die diesen Befehl abschließt.',
  'detail.end-not-told': 'Das Lesegerät hat nicht gemeldet, wie es ausging.',
  'detail.file-not-sent': 'Das Lesegerät hat eine Datei angekündigt und nicht gesendet.',
  'detail.nobody-signed': 'Niemand hat unterschrieben.',
  'detail.no-pin': 'Es wurde keine PIN eingegeben.',
  'detail.no-barcode': 'Es wurde kein Barcode gelesen.',
  'detail.no-tag': 'Es wurde kein NFC-Tag vorgehalten.',
  'detail.card-not-tag': 'Statt eines NFC-Tags wurde eine Karte vorgehalten.',
  'detail.tag-page': 'Das NFC-Tag hat auf Seite {page} nicht mit 16 Bytes geantwortet.',
  'detail.tag-not-ndef': 'Das NFC-Tag ist nicht für NDEF vorbereitet.',
  'detail.tag-read-only': 'Das NFC-Tag ist gegen Schreiben gesperrt.',
  'detail.tag-layout': 'Der Speicher des NFC-Tags ist so aufgeteilt, dass er nicht sicher beschrieben werden kann.',
  'detail.tag-too-small': 'Die Einträge brauchen {length} Bytes, auf dem NFC-Tag ist Platz für {most}.',
  'detail.tag-not-confirmed': 'Das Schreiben auf das NFC-Tag wurde nicht bestätigt.',
  'detail.tag-gone': 'Das NFC-Tag wurde weggenommen, bevor es beschrieben wurde.',
  'detail.tag-cut-emptying': 'Das Schreiben auf das NFC-Tag endete mit seiner ersten Seite.',
  'detail.tag-cut-filling': 'Das Schreiben auf das NFC-Tag endete nach {written} von {pages} Seiten.',
  'detail.tag-cut-finishing': 'Das Schreiben auf das NFC-Tag endete mit seiner letzten Seite.',
  'detail.tag-differs': 'Seite {page} des NFC-Tags enthält nicht, was geschrieben wurde.',
  'detail.tag-sector': 'Das NFC-Tag hat auf Sektor {sector} nicht mit {length} Bytes geantwortet.',
  'detail.tag-cut-blocks': 'Das Schreiben auf Sektor {sector} des NFC-Tags brach ab.',
  'detail.tag-blocks-differ': 'Sektor {sector} des NFC-Tags enthält nicht, was geschrieben wurde.',
  'detail.property-missing': 'Die Antwort enthält diese Eigenschaft nicht.',
  'detail.too-long': 'Der Text hat {length} Zeichen; Befehle haben höchstens {most}.',
  'detail.bad-hex': 'Ein Zeichen ist keine hexadezimale Ziffer (Zeichen {place}).',
  'detail.odd-hex': 'Die Zahl der hexadezimalen Ziffern ist ungerade (Zeichen {place}).',
  'detail.no-start': 'Die Nachricht beginnt nicht mit AA (Byte {place}).',
  'detail.truncated': 'Ein Objekt ist länger als die vorhandenen Bytes (Byte {place}).',
  'detail.bad-length': 'Eine Längenangabe ist hier in BER-TLV nicht erlaubt (Byte {place}).',
  'detail.too-deep': 'Objekte sind tiefer geschachtelt als erlaubt (Byte {place}).',
  'detail.bad-information':
    'Tag 81 (Angaben zur Nachricht) fehlt, ist zu kurz, doppelt oder von unbekannter Art (Byte {place}).',
  'detail.bad-status':
    'Tag 82 (Status oder Einzelheiten der Meldung) fehlt, ist doppelt oder nicht 4 Bytes lang (Byte {place}).',
  'detail.bad-payload': 'Tag 84 (Nutzdaten) fehlt, ist doppelt oder zu kurz für seine zwei Kennbytes (Byte {place}).',
  'detail.bad-object': 'Ein Objekt, das nur einmal vorkommen darf, ist doppelt (Byte {place}).',
  'detail.bad-value': 'Ein Wert lässt sich so nicht schreiben (Byte {place}).',

  'refusal.other': 'Statuscode {code}.',
  'refusal.operation-failed': 'Der Vorgang ist fehlgeschlagen.',
  'refusal.clock-setting-failed': 'Datum und Uhrzeit konnten nicht gestellt werden.',
  'refusal.alarm-setting-failed': 'Der Wecker der Uhr konnte nicht gestellt werden.',
  'refusal.key-generation-failed': 'Die Schlüsselerzeugung ist fehlgeschlagen.',
  'refusal.tamper-setting-locked': 'Die Einstellung des Manipulationsschutzes ist gesperrt.',
  'refusal.tamper-setting-needs-reset': 'Die Einstellung des Manipulationsschutzes braucht einen Neustart.',
  'refusal.tamper-not-cleared': 'Der Manipulationsstatus konnte nicht gelöscht werden.',
  'refusal.device-tampered': 'Das Gerät wurde manipuliert.',
  'refusal.tamper-module-failed': 'Das Modul des Manipulationsschutzes ist ausgefallen.',
  'refusal.soft-ap-password-failed': 'Das Passwort des Zugangspunkts konnte nicht gesetzt werden.',
  'refusal.message-failure': 'Die Nachricht konnte nicht bearbeitet werden.',
  'refusal.bad-message': 'Die Nachricht ist nicht richtig aufgebaut.',
  'refusal.device-offline': 'Das Gerät ist außer Betrieb und bearbeitet keine Nachrichten.',
  'refusal.pin-key-not-mapped': 'Der PIN-Schlüssel ist nicht zugeordnet.',
  'refusal.feature-not-available': 'Diese Funktion ist nicht vorhanden.',
  'refusal.request-failure': 'Die Anfrage konnte nicht bearbeitet werden.',
  'refusal.bad-parameter': 'Eine Angabe in der Nachricht ist falsch.',
  'refusal.response-too-large': 'Die Antwort wäre zu groß.',
  'refusal.firmware-failure': 'Interner Fehler der Firmware.',
  'refusal.image-failure': 'Fehler im Bild.',
  'refusal.no-such-key': 'Den Schlüssel gibt es nicht.',
  'refusal.not-secured': 'Die Anfrage ist nicht gesichert.',
  'refusal.passcode-failed': 'Die Prüfung des Passcodes ist fehlgeschlagen.',
  'refusal.device-locked': 'Das Gerät ist gesperrt.',
  'refusal.no-transaction': 'Es läuft kein Vorgang.',
  'refusal.cannot-cancel': 'Der Vorgang kann jetzt nicht abgebrochen werden.',
  'refusal.transaction-in-progress': 'Es läuft schon ein Vorgang.',
  'refusal.signature-not-allowed': 'Eine Unterschrift ist jetzt nicht erlaubt.',
  'refusal.wrong-transaction-state': 'Der Vorgang ist im falschen Zustand.',
  'refusal.wrong-pin-state': 'Die PIN-Eingabe ist im falschen Zustand.',
  'refusal.pin-entry-in-progress': 'Es läuft schon eine PIN-Eingabe.',
  'refusal.barcode-read-in-progress': 'Es wird schon ein Barcode gelesen.',
  'refusal.pass-through-not-active': 'Die Durchleitung ist nicht aktiv.',
  'refusal.ui-settings-in-progress': 'Die Einstellungen der Bedienung werden gerade geändert.',
  'refusal.buzzer-in-progress': 'Der Summer ist gerade an.',
  'refusal.battery-too-low': 'Der Akku ist bei 5 Prozent oder weniger.',
  'refusal.no-barcode-reader': 'Das Gerät hat keinen Barcodeleser.',

  'reason.host-approved': 'Der Zahlungsdienst hat den Vorgang genehmigt.',
  'reason.partly-approved': 'Der Zahlungsdienst hat nur einen Teil des Betrags genehmigt.',
  'reason.card-refused':
    'Der Zahlungsdienst hat den Vorgang genehmigt, die Karte hat ihn abgelehnt. Der Zahlungsdienst muss ihn stornieren.',
  'reason.card-silent':
    'Der Zahlungsdienst hat den Vorgang genehmigt; das Lesegerät hat nicht mitgeteilt, ob die Karte ihn angenommen hat.',
  'reason.card-declined': 'Die Karte hat den Vorgang abgelehnt, und kein Zahlungsdienst hat hier entschieden.',
  'reason.host-declined': 'Der Zahlungsdienst hat den Vorgang abgelehnt.',
  'reason.not-sent': 'Der Vorgang wurde abgebrochen, bevor er an das Lesegerät gesendet war.',
  'reason.refused': 'Das Lesegerät hat den Start abgelehnt: {status}',
  'reason.connection-lost': 'Die Verbindung zum Lesegerät ist während des Vorgangs abgebrochen.',
  'reason.start-unanswered': 'Das Lesegerät hat nicht gemeldet, ob es den Vorgang begonnen hat.',
  'reason.host-silent': 'Der Zahlungsdienst hat nicht rechtzeitig entschieden.',
  'reason.host-unclear': 'Die Antwort des Zahlungsdienstes sagt weder ja noch nein.',
  'reason.host-failed': 'Der Zahlungsdienst konnte nicht gefragt werden.',
  'reason.ended-with-code': 'Das Lesegerät hat den Vorgang mit dem Code {code} beendet.',
  'reason.error-before-card': 'Das Lesegerät hat einen Fehler gemeldet, bevor es eine Karte gelesen hatte.',
  'reason.not-read':
    'Es wurde keine Karte gelesen, die belastet werden könnte, und der Zahlungsdienst wurde nicht gefragt.',
  'reason.card-read': 'Die Karte wurde gelesen; der Zahlungsdienst hat hier nicht entschieden.',
  'reason.cancelled': 'Der Vorgang wurde abgebrochen.',
  'reason.no-card': 'Es wurde nicht rechtzeitig eine Karte vorgelegt.',
  'reason.no-choice': 'Es wurde nicht rechtzeitig gewählt.',
  'reason.overtaken': 'Das Lesegerät hat einen anderen Vorgang begonnen, bevor es gemeldet hat, wie dieser endete.',
  'reason.end-not-told': 'Das Lesegerät hat nicht gemeldet, wie der Vorgang ausging.',
  'reason.approved-and-refused':
    'Der Zahlungsdienst hat den Vorgang genehmigt, und das Lesegerät hat ihn als abgelehnt beendet.',
  'reason.approved-and-ended-otherwise':
    'Der Zahlungsdienst hat den Vorgang genehmigt, und das Lesegerät hat ihn mit dem Code {code} beendet, der etwas anderes sagt.',
  'reason.declined-and-ended-otherwise':
    'Der Zahlungsdienst hat den Vorgang abgelehnt, und das Lesegerät hat ihn mit dem Code {code} beendet, der etwas anderes sagt.',
  'reason.two-cards':
    'Das Lesegerät hat Daten von zwei Karten gesendet, {asked} und {other}. Nur die erste ging an den Zahlungsdienst.',
  'reason.unexplained-code':
    'Das Lesegerät hat den Vorgang mit dem Code {code} beendet, den keine veröffentlichte Quelle erklärt.',
};
