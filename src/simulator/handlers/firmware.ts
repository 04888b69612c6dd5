/** Firmware images: loaded, and put in use. */
import type { MmsRequest } from '../../mms/message.js';
import { toHex } from '../../mms/hex.js';
import { findNode } from '../../mms/tlv.js';
import { FIRMWARE_SECONDS, IMAGE_FAILURE, unconfirmedDetails } from '../unconfirmed.js';
import { notification, SUCCESS } from '../outgoing.js';
import { BAD_PARAMETER, REFUSED, STARTED, type Handler } from './handler.js';

/** Length of a SHA-256. */
const CHECKSUM_LENGTH = 32;

/** Seconds from the word about a commit to the restart [D]. */
const RESTART_SECONDS = 0.5;

const imageOf = ({ payload }: MmsRequest): { type: Uint8Array; checksum: Uint8Array } | undefined => {
  const type = findNode(payload, '85')?.value;
  const checksum = findNode(payload, '86')?.value;
  return type?.length === 2 && checksum?.length === CHECKSUM_LENGTH ? { type, checksum } : undefined;
};

/** Properties with the versions of boot loader, main firmware, Wi-Fi and Bluetooth, by the kind of image [PJ, MG p128]. */
const versionOids: Readonly<Record<string, string>> = {
  '0000': '2.1.2.1.1.2',
  '0001': '2.1.2.2.2.2',
  '0002': '2.1.2.5.3.1',
  '0003': '2.1.2.7.1.1',
};

/** What is told when an image has been worked on [PJ], with details that are not confirmed. */
const imageResults = {
  loaded: [0x0905, unconfirmedDetails.imageLoaded],
  broken: [0x0906, unconfirmedDetails.imageBroken],
  'in-use': [0x0907, unconfirmedDetails.imageKnown],
} as const;

export const loadFirmware: Handler = (request, { enter, firmware, notify, reply }) => {
  const image = imageOf(request);
  const bytes = findNode(request.payload, '87')?.value;
  if (!image || !bytes) return reply(REFUSED, BAD_PARAMETER);
  reply(STARTED, SUCCESS);
  enter('updating', 'UPDATING', FIRMWARE_SECONDS, () => {
    const [id, detail] = imageResults[firmware.load(image.type, image.checksum, bytes)];
    notify(id, notification(id, detail));
  });
};

export const commitFirmware: Handler = (request, { enter, firmware, notify, properties, reply, restart }) => {
  const image = imageOf(request);
  if (!image || !firmware.has(image.type, image.checksum)) return reply(REFUSED, image ? IMAGE_FAILURE : BAD_PARAMETER);
  reply(STARTED, SUCCESS);
  enter('updating', 'UPDATING', FIRMWARE_SECONDS, () => {
    firmware.commit(image.type, image.checksum);
    const version = versionOids[toHex(image.type)];
    if (version !== undefined) properties.changeFact(version, `SIM-${toHex(image.checksum).slice(0, 8)}`);
    notify(0x0905, notification(0x0905, unconfirmedDetails.imageInUse));
    // After a commit the reader restarts in any case [MG p128].
    enter('updating', 'UPDATING', RESTART_SECONDS, restart);
  });
};
