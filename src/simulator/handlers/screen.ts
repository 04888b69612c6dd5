/** Texts on the display, and tones. */
import { toHex } from '../../mms/hex.js';
import { displayString } from '../../mms/tables/display-strings.js';
import { findNode } from '../../mms/tlv.js';
import { unconfirmedDetails } from '../unconfirmed.js';
import { notification, SUCCESS } from '../outgoing.js';
import { BAD_PARAMETER, byteOf, DONE, REFUSED, STARTED, type Handler } from './handler.js';

export const displayMessage: Handler = (request, { enter, notify, reply, show }) => {
  const number = byteOf(request, '82') ?? 0x14;
  const text = displayString(number) ?? `MESSAGE ${toHex(Uint8Array.of(number))}`;
  const seconds = byteOf(request, '81') ?? 0;
  if (seconds === 0) {
    reply(DONE, SUCCESS, []);
    show(text);
    return;
  }
  reply(STARTED, SUCCESS, []);
  enter('showing', text, seconds, () => notify(0x1805, notification(0x1805, unconfirmedDetails.textShown)));
};

export const buzzer: Handler = (request, { enter, notify, reply }) => {
  const tones = findNode(request.payload, '81')?.value;
  if (!tones || tones.length === 0 || tones.length % 4 !== 0 || tones.length > 40) return reply(REFUSED, BAD_PARAMETER);
  const milliseconds = tones.reduce((sum, byte, at) => sum + (at % 4 === 2 ? byte * 256 : at % 4 === 3 ? byte : 0), 0);
  reply(STARTED, SUCCESS);
  enter('buzzer', '', Math.max(1, milliseconds) / 1000, () => notify(0x1805, notification(0x1805, '05040100')));
};
