/**
 * The commands of the seed guide as data: what a command panel offers.
 * It does not send anything, and the bytes are the guide's own, reference numbers included.
 */

/** One command that is ready to be sent. */
export interface CatalogueEntry {
  /** Stable kebab-case id. */
  readonly name: string;
  /** The guide's name of the command. */
  readonly title: string;
  readonly group: CatalogueGroup;
  /** What the reader does and what happens next. */
  readonly description: string;
  /** The whole message, upper-case hexadecimal. */
  readonly hex: string;
}

/** What a command is about. */
export type CatalogueGroup = 'transaction' | 'nfc' | 'display' | 'pin' | 'device' | 'settings';

/**
 * All commands of the seed guide, in its order. Meanings: [S, PJ, MG p94, p101, p114, p120, p235, DP 1100, 1803].
 */
export const catalogue: readonly CatalogueEntry[] = Object.freeze(
  (
    [
      {
        name: 'start-emv',
        title: 'Start EMV',
        group: 'transaction',
        description:
          'Starts a purchase of 1.00 with chip, tap and swipe enabled for 60 seconds, without a currency. The reader waits for a card and then sends the card data as an ARQC.',
        hex: 'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000',
      },
      {
        name: 'cancel-emv',
        title: 'Cancel EMV',
        group: 'transaction',
        description:
          'Cancels the running transaction. The reader goes back to idle, or refuses where no transaction runs or it is too late to cancel.',
        hex: 'AA0081040113100884021008',
      },
      {
        name: 'reset-device',
        title: 'Reset Device',
        group: 'device',
        description: 'Restarts the reader. It answers, then the connection drops and has to be opened again.',
        hex: 'AA00810401121F0184021F01',
      },
      {
        name: 'get-user-notify',
        title: 'Get User Notify',
        group: 'settings',
        description:
          'Asks which user events (property 1.2.7.1.2.1) the idle reader reports. The answer carries four bytes; the bits of the first one are the events.',
        hex: 'AA0081040155D101840FD1018501018704020701028902C100',
      },
      {
        name: 'set-user-notify-all-events',
        title: 'Set User Notify to All Events',
        group: 'settings',
        description:
          'Makes the idle reader report cards presented, removed, inserted and pulled out, and barcodes; despite its name not swipes and touches. Works after the next reset. Writes to flash memory.',
        hex: 'AA0081040155D1118413D1118501018704020701028906C1048F000000',
      },
      {
        name: 'set-dynaprox-user-notify',
        title: 'Set DynaProx User Notify',
        group: 'settings',
        description:
          'Makes the idle reader report contactless cards presented and removed, and barcodes. Works after the next reset. Writes to flash memory.',
        hex: 'AA0081040155D1118413D1118501018704020701028906C10483000000',
      },
      {
        name: 'start-contact',
        title: 'Start Contact',
        group: 'transaction',
        description:
          'Starts a purchase of 1.00 US dollar with the chip slot only, for 60 seconds. The reader waits for a card and then sends the card data as an ARQC.',
        hex: 'AA008104010010018430100182013CA30981010082010183010084020003861A9C01009F02060000000001009F03060000000000005F2A020840',
      },
      {
        name: 'start-contactless',
        title: 'Start Contactless',
        group: 'transaction',
        description:
          'Starts a purchase of 1.00 US dollar with tapping only, for 60 seconds. The reader waits for a card and then sends the card data as an ARQC.',
        hex: 'AA008104010010018430100182013CA30981010082010083010184020003861A9C01009F02060000000001009F03060000000000005F2A020840',
      },
      {
        name: 'start-msr',
        title: 'Start MSR',
        group: 'transaction',
        description:
          'Starts a purchase of 1.00 US dollar with the magnetic stripe only, for 60 seconds. The reader waits for a swipe and then sends the card data as an ARQC.',
        hex: 'AA008104010010018430100182013CA30981010182010083010084020003861A9C01009F02060000000001009F03060000000000005F2A020840',
      },
      {
        name: 'get-sn',
        title: 'Get SN',
        group: 'device',
        description:
          'Asks for the serial number (property 2.2.1.1.1.1). The first seven hexadecimal digits of the value in the answer are the number.',
        hex: 'AA00810401B5D1018418D10181072B06010401F6098501028704020101018902C100',
      },
      {
        name: 'get-capabilities',
        title: 'Get Capabilities',
        group: 'device',
        description:
          'Asks what the reader can do (property 2.2.1.1.1.2). The layout of the value in the answer is not published.',
        hex: 'AA00810401E0D101841AD10181072B06010401F609850102890AE208E106E104E102C200',
      },
      {
        name: 'nfc',
        title: 'NFC',
        group: 'nfc',
        description:
          'Starts a transaction of 1.00 US dollar with tapping only, for cards and NFC tags, for 120 seconds. For a tag the reader tells its type and UID and then waits for commands to pass through.',
        hex: 'AA00810401031001843D1001820178A3098101008201008301038402020386279C01009F02060000000001009F03060000000000005F2A0208405F3601029F150200009F530100',
      },
      {
        name: 'nfc-mifare',
        title: 'NFC Mifare',
        group: 'nfc',
        description:
          'Reads pages 0 to 3 of the NTAG or MIFARE Ultralight tag that the command NFC has found. The answer carries 16 bytes; the tag stays open for more commands.',
        hex: 'AA00810401041100840C110081023000820100830100',
      },
      {
        name: 'display-amount',
        title: 'Display Amount',
        group: 'display',
        description:
          'Shows the word AMOUNT (string 01, not a number) until something else is shown, on readers with a screen.',
        hex: 'AA0081040155180384081803810100820101',
      },
      {
        name: 'display-approved',
        title: 'Display Approved',
        group: 'display',
        description:
          'Shows APPROVED (string 03) until something else is shown, on readers with a screen. It approves nothing.',
        hex: 'AA0081040155180384081803810100820103',
      },
      {
        name: 'request-pin',
        title: 'Request PIN',
        group: 'pin',
        description:
          'Asks the cardholder for a PIN of 4 to 8 digits for the account number 123456789012, for 60 seconds. The reader sends the encrypted PIN block and then waits to be told whether the PIN was right.',
        hex: 'AA008104017A2001841C200181013C82010083020804850100A10B81010C8206123456789012',
      },
      {
        name: 'user-selection-0',
        title: 'User Selection 0',
        group: 'transaction',
        description: 'Answers a selection that a reader without a screen has asked for with the first entry (index 0).',
        hex: 'AA0081040100180284081802810100820100',
      },
      {
        name: 'user-selection-1',
        title: 'User Selection 1',
        group: 'transaction',
        description:
          'Answers a selection that a reader without a screen has asked for with the second entry (index 1).',
        hex: 'AA0081040100180284081802810100820101',
      },
      {
        name: 'set-websocket-connections-1',
        title: 'Set WebSocket Connections 1',
        group: 'settings',
        description:
          'Lets one WebSocket client connect at a time (property 1.2.2.1.1.A). The answer repeats the request. Writes to flash memory.',
        hex: 'AA0081040155D1118410D1118501018704020201018903CA0101',
      },
      {
        name: 'set-websocket-connections-4',
        title: 'Set WebSocket Connections 4',
        group: 'settings',
        description:
          'Lets four WebSocket clients connect at a time (property 1.2.2.1.1.A). The answer repeats the request. Writes to flash memory.',
        hex: 'AA0081040155D1118410D1118501018704020201018903CA0104',
      },
    ] satisfies CatalogueEntry[]
  ).map((entry) => Object.freeze(entry)),
);
