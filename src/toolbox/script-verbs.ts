/**
 * The verbs of the vendor's scripts, all that its demo knows [PJ]: what each does here, or why it does nothing and what to use instead.
 * The table in docs/console.md is written from it.
 */

/** A verb that scripts may have. */
export interface DoneVerb {
  /** What follows it, as it is written; empty where nothing does. */
  readonly form: string;
  readonly does: string;
}

/** A verb that scripts may not have. */
export interface RefusedVerb {
  /** Why, and what to use: the end of a sentence that begins with the verb. */
  readonly why: string;
}

export const doneVerbs = {
  SENDCOMMAND: { form: '<hex>', does: 'sends the command and waits for the answer' },
  SENDBASE64COMMAND: { form: '<base64>', does: 'the same with a command in base64' },
  PCIRESET: { form: '', does: 'sends Reset Device (1F01)' },
  OPENDEVICE: { form: '', does: 'connects' },
  CLOSEDEVICE: { form: '', does: 'disconnects' },
  DETECTDEVICE: { form: '', does: 'disconnects and connects again: it fails where the reader is not there' },
  WAIT: { form: '<milliseconds>', does: 'waits that long' },
  GETDEVINFO: { form: '', does: 'reads the properties that a published source names, as getDeviceInfo() does' },
  GETDEVICESN: { form: '', does: 'reads the serial number (property 2.2.1.1.1.1)' },
  GETFIRMWAREID: { form: '', does: 'reads the id of the main firmware (property 2.1.2.2.2.2)' },
  GETAPPVERSION: { form: '', does: 'shows the version of this package' },
  DISPLAYMESSAGE: { form: '<text>', does: 'shows the text among the results, not at the reader' },
  GETTAGVALUE: { form: '<tag>,<default>,<hex>,<true for text>', does: 'shows the value of a tag in a list of objects' },
  PARSETLV: { form: '<hex>', does: 'shows a list of objects' },
  PARSEMMS: { form: '<hex>', does: 'shows a message with its parts' },
  HEXTOBASE64: { form: '<hex>', does: 'shows the bytes in base64' },
  BASE64TOHEX: { form: '<base64>', does: 'shows the bytes in hexadecimal' },
  PARSEHARDWAREID: { form: '<id>', does: 'shows what the hardware id of a USB device or a firmware id says' },
  XML2JSON: { form: '<xml>', does: 'shows the elements of an XML text that hold no others; of secrets their length' },
  LOADSIGNATURE: { form: '<hex>', does: 'draws a signature: the file, or its object CE' },
} as const satisfies Readonly<Record<string, DoneVerb>>;

export const refusedVerbs = {
  GETDEVICELIST: {
    why: 'has no list here: a script runs with the reader of its panel, browsers show readers in a list of their own, and those of a broker are in <magtek-fleet>',
  },
  SETACTIVEMODE: {
    why: 'only locks the commands of the vendor’s own page; leave it out, or use CLOSEDEVICE so that nothing can be sent',
  },
  UPDATEFIRMWARE: {
    why: 'would write firmware without a look at the file, the battery and a running sale: use <magtek-updater> or client.updateFirmware()',
  },
  UPDATEFIRMWARERMS: {
    why: 'needs the vendor’s reader management service and its keys: get the file there and use <magtek-updater>',
  },
  UPDATETAGSRMS: {
    why: 'needs the vendor’s reader management service and its keys: get the commands there and use them as SENDCOMMAND lines',
  },
  PROCESS_SALE: { why: 'starts a fixed sale of one demo page: use <magtek-transaction> or client.startTransaction()' },
} as const satisfies Readonly<Record<string, RefusedVerb>>;

/** @see {@link doneVerbs} */
export type DoneVerbName = keyof typeof doneVerbs;

/** Spellings that the vendor's scripts have beside the name of a verb. */
const spellings: Readonly<Record<string, string>> = { UPDATEFIRMARE: 'UPDATEFIRMWARE' };

/** The verb that a word names; undefined where there is none. */
export function verbOf(word: string): DoneVerbName | RefusedVerb | undefined {
  const name = word.toUpperCase();
  if (Object.hasOwn(doneVerbs, name)) return name as DoneVerbName;
  const refused = spellings[name] ?? name;
  return Object.hasOwn(refusedVerbs, refused) ? refusedVerbs[refused as keyof typeof refusedVerbs] : undefined;
}
