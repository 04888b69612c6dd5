/** Firmware images: loaded, and put in use. */
import type { MmsRequest } from '../../mms/message.js';
import { findTlv } from '../../mms/tlv.js';
import { FIRMWARE_SECONDS, IMAGE_FAILURE, unconfirmedDetails } from '../unconfirmed.js';
import { notification, SUCCESS } from '../outgoing.js';
import { BAD_PARAMETER, REFUSED, STARTED, type Handler } from './handler.js';

/** Length of a SHA-256. */
const CHECKSUM_LENGTH = 32;

const imageOf = ({ payload }: MmsRequest): { type: Uint8Array; checksum: Uint8Array } | undefined => {
  const type = findTlv(payload, '85')?.value;
  const checksum = findTlv(payload, '86')?.value;
  return type?.length === 2 && checksum?.length === CHECKSUM_LENGTH ? { type, checksum } : undefined;
};

/** What is told when an image has been worked on [PJ], with details that are not confirmed. */
const imageResults = {
  loaded: [0x0905, unconfirmedDetails.imageLoaded],
  broken: [0x0906, unconfirmedDetails.imageBroken],
  'in-use': [0x0907, unconfirmedDetails.imageKnown],
} as const;

export const loadFirmware: Handler = (request, { enter, firmware, notify, reply }) => {
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

export const commitFirmware: Handler = (request, { enter, firmware, notify, reply }) => {
  const image = imageOf(request);
  if (!image || !firmware.has(image.type, image.checksum)) {
    reply(REFUSED, image ? IMAGE_FAILURE : BAD_PARAMETER);
    return;
  }
  reply(STARTED, SUCCESS);
  enter('updating', 'UPDATING', FIRMWARE_SECONDS, () => {
    firmware.commit(image.type, image.checksum);
    notify(0x0905, notification(0x0905, unconfirmedDetails.imageInUse));
  });
};
