/**
 * What the simulated reader does with each command: one handler each. Statuses of wrong states are the plausible ones of
 * section 8.1 of the protocol reference [PJ texts, D].
 * It does not know clients or timers.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { encodeOid, readProperties, type OidForm } from '../mms/oid.js';
import { displayString } from '../mms/tables/display-strings.js';
import { encodeTlv, findTlv, type TlvInput } from '../mms/tlv.js';
import type { Announcement, StoredFile } from './file-store.js';
import type { Firmware } from './firmware.js';
import { FIRMWARE_SECONDS, IMAGE_FAILURE, madeUpDetails, UNKNOWN_PROPERTY } from './made-up.js';
import { fileMessage, notification, SUCCESS } from './outgoing.js';
import type { Properties } from './properties.js';
import type { PinTerms } from './pin.js';
import type { Sale } from './sale.js';
import type { SimulatedState } from './face.js';

/** What a handler can see and do. */
export interface HandlerContext {
  readonly state: SimulatedState;
  readonly sale: Sale | undefined;
  readonly properties: Properties;
  readonly firmware: Firmware;
  /** A file that the reader holds. */
  fileOf(fileId: string): StoredFile | undefined;
  /** Expects a file from whoever asks. */
  expectFile(announcement: Announcement): void;
  /** Answers the request. */
  reply(summary: number, detail: string, payload?: readonly TlvInput[]): void;
  /** Sends a file after the answer. */
  sendFile(bytes: Uint8Array): void;
  notify(id: number, bytes: Uint8Array): void;
  /** Enters a state, for some seconds where they are more than 0; `ended` is called when they are over. */
  enter(state: SimulatedState, text: string, seconds: number, ended: () => void): void;
  toIdle(): void;
  show(text: string): void;
  startSale(): void;
  /** Notes what kind of PIN is asked for. */
  askPin(terms: PinTerms): void;
  /** Notes whether the barcode that is asked for is to be encrypted. */
  askBarcode(isEncrypted: boolean): void;
  subscribe(isWanted: boolean, ids: readonly number[] | undefined): void;
  restart(): void;
}

type Handler = (request: MmsRequest, context: HandlerContext) => void;

const DONE = 0x00;
const STARTED = 0x01;
const REFUSED = 0x80;

/** Status details [PJ, MG p101]. */
const BAD_PARAMETER = '020102';
const NO_TRANSACTION = '020304';
const CANNOT_CANCEL = '020305';
const SIGNATURE_NOT_ALLOWED = '02030C';
const WRONG_TRANSACTION_STATE = '02030D';
const WRONG_PIN_STATE = '02030E';
const PASS_THROUGH_NOT_ACTIVE = '020312';

/** Why a command that needs an idle reader is refused, by what the reader is doing. */
const busyDetails: Readonly<Partial<Record<SimulatedState, string>>> = {
  transaction: '020308',
  pin: '02030F',
  barcode: '020311',
  buzzer: '020315',
  signature: SIGNATURE_NOT_ALLOWED,
  showing: '020314',
  emulating: '020314',
  updating: '020314',
  offline: '010109',
};

/** Checksum type of SHA-256, and its length; bytes of the longest name of a file [MG p134]. */
const SHA_256 = 0x04;
const CHECKSUM_LENGTH = 32;
const LONGEST_NAME = 32;

const byteOf = ({ payload }: MmsRequest, path: string): number | undefined => findTlv(payload, path)?.value[0];

/** A handler that runs only while the reader is idle. */
const whenIdle =
  (handler: Handler): Handler =>
  (request, context) => {
    const busy = busyDetails[context.state];
    if (busy === undefined) handler(request, context);
    else context.reply(REFUSED, busy);
  };

const done: Handler = (_, { reply }) => {
  reply(DONE, SUCCESS);
};

const getProperty: Handler = ({ payload }, { properties, reply }) => {
  const [asked] = readProperties(payload);
  const form: OidForm = findTlv(payload, '87') ? 'simple' : 'long';
  const value = asked && properties.get(asked.oid);
  const branch = asked && value === undefined ? properties.branch(asked.oid) : [];
  if (!asked || (value === undefined && branch.length === 0)) {
    reply(REFUSED, UNKNOWN_PROPERTY);
    return;
  }
  const echoed = payload.filter(({ tag }) => tag === '81' || tag === '82');
  const answered = value === undefined ? branchObjects(asked.oid, branch, form) : encodeOid(asked.oid, value, form);
  reply(DONE, SUCCESS, [...echoed, ...answered]);
};

/** A whole branch is answered in the form of the request, its leaves nested below the node that was asked for [MG p120]. */
function branchObjects(oid: string, branch: readonly (readonly [string, Uint8Array])[], form: OidForm): TlvInput[] {
  const head = encodeOid(oid, new Uint8Array(0), form);
  const nodes = oid.split('.').map((node) => parseInt(node, 16));
  const nested = (depth: number, rows: readonly (readonly [string, Uint8Array])[]): TlvInput[] => {
    const byNode = new Map<number, (readonly [string, Uint8Array])[]>();
    for (const row of rows) {
      const node = parseInt(row[0].split('.')[depth] ?? '0', 16);
      byNode.set(node, [...(byNode.get(node) ?? []), row]);
    }
    return [...byNode].map(([node, below]) => {
      const [first] = below;
      const isLeaf = below.length === 1 && first?.[0].split('.').length === depth + 1;
      return isLeaf
        ? { tag: toHex(Uint8Array.of(0xc0 | node)), value: first[1] }
        : { tag: toHex(Uint8Array.of(0xe0 | node)), children: nested(depth + 1, below) };
    });
  };
  const from = form === 'simple' ? nodes.length - 1 : 1;
  return head.map((object) => (object.tag === '89' ? { tag: '89', value: encodeTlv(nested(from, branch)) } : object));
}

const setProperty: Handler = ({ payload }, { properties, reply }) => {
  const [asked] = readProperties(payload);
  if (!asked || asked.value.length === 0 || !properties.set(asked.oid, asked.value)) reply(REFUSED, UNKNOWN_PROPERTY);
  else reply(DONE, SUCCESS, payload);
};

const startTransaction: Handler = (request, { reply, startSale }) => {
  if (!findTlv(request.payload, 'A3')) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  reply(STARTED, SUCCESS);
  startSale();
};

const cancelTransaction: Handler = (_, { sale, reply }) => {
  if (!sale) {
    reply(REFUSED, NO_TRANSACTION);
    return;
  }
  const isCancelled = sale.cancel();
  reply(isCancelled ? DONE : REFUSED, isCancelled ? SUCCESS : CANNOT_CANCEL);
};

/** The host's answer in full EMV; its parameters are not published, so whatever it says is taken for an approval. */
const resumeTransaction: Handler = (_, { sale, reply }) => {
  if (sale?.resume()) reply(DONE, SUCCESS, []);
  else reply(REFUSED, sale ? WRONG_TRANSACTION_STATE : NO_TRANSACTION);
};

const reportSelection: Handler = (request, { sale, reply }) => {
  const isTaken = byteOf(request, '81') === 0 && sale?.select(byteOf(request, '82') ?? 0);
  reply(isTaken ? DONE : REFUSED, isTaken ? SUCCESS : WRONG_TRANSACTION_STATE);
};

const passThrough: Handler = (request, { sale, reply }) => {
  const command = findTlv(request.payload, '81')?.value;
  if (!command || sale?.phase !== 'nfc') {
    reply(REFUSED, PASS_THROUGH_NOT_ACTIVE);
    return;
  }
  const answer = sale.passThrough(command, (byteOf(request, '83') ?? 0) !== 0);
  if (!answer) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  const data = encodeTlv([{ tag: 'FC', children: [{ tag: 'DF7A', value: answer }] }]);
  reply(DONE, SUCCESS, [{ tag: '82', value: data }]);
};

const displayMessage: Handler = (request, { enter, notify, reply, show }) => {
  const number = byteOf(request, '82') ?? 0x14;
  const text = displayString(number) ?? `MESSAGE ${toHex(Uint8Array.of(number))}`;
  const seconds = byteOf(request, '81') ?? 0;
  if (seconds === 0) {
    reply(DONE, SUCCESS, []);
    show(text);
    return;
  }
  reply(STARTED, SUCCESS, []);
  enter('showing', text, seconds, () => {
    notify(0x1805, notification(0x1805, madeUpDetails.textShown));
  });
};

const buzzer: Handler = (request, { enter, notify, reply }) => {
  const tones = findTlv(request.payload, '81')?.value;
  if (!tones || tones.length === 0 || tones.length % 4 !== 0 || tones.length > 40) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  const milliseconds = tones.reduce((sum, byte, at) => sum + (at % 4 === 2 ? byte * 256 : at % 4 === 3 ? byte : 0), 0);
  reply(STARTED, SUCCESS);
  enter('buzzer', '', Math.max(1, milliseconds) / 1000, () => {
    notify(0x1805, notification(0x1805, '05040100'));
  });
};

/** Steps of a PIN session [PJ]. */
const PIN_WRONG = 0xfe;
const PIN_RIGHT = 0xff;

/** Longest and shortest PIN, and the account of the host where it gives one [PJ, order D]. */
function pinTerms({ payload }: MmsRequest, stepPath: string): PinTerms {
  const limits = findTlv(payload, stepPath.replace(/82$/, '83'))?.value;
  const account = toHex(findTlv(payload, 'A1/82')?.value ?? new Uint8Array(0));
  const digits = findTlv(payload, 'A1/81')?.value[0] ?? account.length;
  return {
    longest: limits?.[0] ?? 12,
    shortest: limits?.[1] ?? 4,
    account: account.slice(0, digits),
    isOfCard: stepPath !== '82',
  };
}

const requestPin =
  (stepPath: string): Handler =>
  (request, { state, askPin, enter, notify, reply, show, toIdle }) => {
    const step = byteOf(request, stepPath);
    if (step === PIN_WRONG || step === PIN_RIGHT) {
      // The host says how the PIN was: the session is over, and the next one is another command [PJ].
      if (state === 'pin') toIdle();
      if (state === 'pin' && step === PIN_WRONG) show('TRY AGAIN');
      reply(state === 'pin' ? DONE : REFUSED, state === 'pin' ? SUCCESS : WRONG_PIN_STATE);
      return;
    }
    if (state !== 'idle') {
      reply(REFUSED, busyDetails[state] ?? WRONG_PIN_STATE);
      return;
    }
    reply(STARTED, SUCCESS);
    askPin(pinTerms(request, stepPath));
    enter('pin', 'ENTER PIN', byteOf(request, '81') ?? 0, () => {
      notify(0x0205, notification(0x0205, madeUpDetails.pinTimedOut));
    });
  };

const requestSignature: Handler = (request, { enter, notify, reply }) => {
  reply(STARTED, SUCCESS);
  enter('signature', 'PLEASE SIGN', byteOf(request, '81') ?? 0, () => {
    notify(0x1805, notification(0x1805, madeUpDetails.signatureTimedOut));
  });
};

const readBarcode: Handler = (request, { askBarcode, enter, notify, reply }) => {
  reply(STARTED, SUCCESS);
  askBarcode(byteOf(request, '83') === 1);
  enter('barcode', 'SHOW BARCODE', byteOf(request, '82') ?? 0, () => {
    notify(0x1805, notification(0x1805, madeUpDetails.barcodeTimedOut));
  });
};

const emulationFinished = (notify: HandlerContext['notify']): void => {
  notify(0x1805, notification(0x1805, '06050100'));
};

const startEmulation = whenIdle((request, { enter, notify, reply }) => {
  if (!findTlv(request.payload, '83')) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  const seconds = byteOf(request, '82') ?? 0;
  reply(seconds === 0 ? DONE : STARTED, SUCCESS);
  enter('emulating', 'TAP PHONE', seconds, () => {
    emulationFinished(notify);
  });
});

const cardEmulation: Handler = (request, context) => {
  if (byteOf(request, '81') !== 0) {
    startEmulation(request, context);
    return;
  }
  context.reply(DONE, SUCCESS);
  if (context.state !== 'emulating') return;
  context.toIdle();
  emulationFinished(context.notify);
};

/** Length, checksum and name of a file, as its announcement and the answer to a request for it tell them [MG p134, p136]. */
const fileObjects = ({ contents, name }: StoredFile): TlvInput[] => {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, contents.length);
  return [
    {
      tag: 'A2',
      children: [
        { tag: '81', value: new Uint8Array(length.buffer) },
        { tag: '82', value: Uint8Array.of(SHA_256) },
        { tag: '83', value: sha256(contents) },
      ],
    },
    { tag: 'A3', children: [{ tag: '81', value: new TextEncoder().encode(name) }] },
  ];
};

const getFile: Handler = (request, { fileOf, reply, sendFile }) => {
  const id = findTlv(request.payload, '81')?.value ?? new Uint8Array(0);
  const fileId = toHex(id);
  const file = fileOf(fileId);
  if (!file) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  reply(DONE, SUCCESS, [{ tag: '81', value: id }, ...fileObjects(file)]);
  if (request.id === 0xd821) sendFile(fileMessage(request, fileId, file.contents));
};

/** The file itself follows in a message of its own. */
const startSendFile: Handler = ({ payload }, { expectFile, reply }) => {
  const id = findTlv(payload, '81')?.value;
  const length = findTlv(payload, 'A2/81')?.value;
  const checksum = findTlv(payload, 'A2/83')?.value;
  const name = findTlv(payload, 'A3/81')?.value ?? new Uint8Array(0);
  const isComplete = id?.length === 4 && length && length.length <= 4 && checksum?.length === CHECKSUM_LENGTH;
  if (!isComplete || findTlv(payload, 'A2/82')?.value[0] !== SHA_256 || name.length > LONGEST_NAME) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  expectFile({
    fileId: toHex(id),
    length: length.reduce((sum, byte) => sum * 256 + byte, 0),
    checksum,
    name: new TextDecoder('latin1').decode(name),
  });
  reply(DONE, SUCCESS);
};

const imageOf = ({ payload }: MmsRequest): { type: Uint8Array; checksum: Uint8Array } | undefined => {
  const type = findTlv(payload, '85')?.value;
  const checksum = findTlv(payload, '86')?.value;
  return type?.length === 2 && checksum?.length === CHECKSUM_LENGTH ? { type, checksum } : undefined;
};

/** What is told when an image has been worked on [PJ], with details that are made up. */
const imageResults = {
  loaded: [0x0905, madeUpDetails.imageLoaded],
  broken: [0x0906, madeUpDetails.imageBroken],
  'in-use': [0x0907, madeUpDetails.imageKnown],
} as const;

const loadFirmware: Handler = (request, { enter, firmware, notify, reply }) => {
  const image = imageOf(request);
  const bytes = findTlv(request.payload, '87')?.value;
  if (!image || !bytes) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  reply(STARTED, SUCCESS);
  enter('updating', 'UPDATING', FIRMWARE_SECONDS, () => {
    const [id, detail] = imageResults[firmware.load(image.type, image.checksum, bytes)];
    notify(id, notification(id, detail));
  });
};

const commitFirmware: Handler = (request, { enter, firmware, notify, reply }) => {
  const image = imageOf(request);
  if (!image || !firmware.has(image.type, image.checksum)) {
    reply(REFUSED, image ? IMAGE_FAILURE : BAD_PARAMETER);
    return;
  }
  reply(STARTED, SUCCESS);
  enter('updating', 'UPDATING', FIRMWARE_SECONDS, () => {
    firmware.commit(image.type, image.checksum);
    notify(0x0905, notification(0x0905, madeUpDetails.imageInUse));
  });
};

const setSubscriptions: Handler = ({ payload }, { reply, subscribe }) => {
  const isWanted = (findTlv(payload, '81')?.value[0] ?? 1) === 1;
  const isAll = findTlv(payload, '82')?.value[0] === 1;
  const list = findTlv(payload, '83')?.value ?? new Uint8Array(0);
  const ids = Array.from(
    { length: Math.floor(list.length / 2) },
    (_, at) => ((list[at * 2] ?? 0) << 8) | (list[at * 2 + 1] ?? 0),
  );
  subscribe(isWanted, isAll ? undefined : ids);
  reply(DONE, SUCCESS);
};

const resetDevice: Handler = (_, { reply, restart }) => {
  reply(DONE, SUCCESS);
  restart();
};

/** The handler of each command that the reader knows. */
export const handlers: Readonly<Record<number, Handler>> = {
  0x1001: whenIdle(startTransaction),
  0x1004: resumeTransaction,
  0x1008: cancelTransaction,
  0x1100: passThrough,
  0x1801: whenIdle(requestSignature),
  0x1802: reportSelection,
  0x1803: whenIdle(displayMessage),
  0x1804: whenIdle(readBarcode),
  0x1805: whenIdle(buzzer),
  0x1821: whenIdle(done),
  0x1823: whenIdle(done),
  0x1840: cardEmulation,
  0x1f01: resetDevice,
  0x1f02: setSubscriptions,
  0x1f04: done,
  0x1f05: done,
  0x2001: requestPin('82'),
  0x2002: requestPin('A4/82'),
  0xd101: getProperty,
  0xd111: setProperty,
  0xd801: whenIdle(loadFirmware),
  0xd812: startSendFile,
  0xd821: getFile,
  0xd825: getFile,
  0xd901: whenIdle(commitFirmware),
};
