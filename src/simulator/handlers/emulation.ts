/** The reader plays a card to a phone, to give it an address. */
import { findNode } from '../../mms/tlv.js';
import { notification, SUCCESS } from '../outgoing.js';
import {
  BAD_PARAMETER,
  byteOf,
  DONE,
  REFUSED,
  STARTED,
  whenIdle,
  type Handler,
  type HandlerContext,
} from './handler.js';

const emulationFinished = (notify: HandlerContext['notify']): void => notify(0x1805, notification(0x1805, '06050100'));

const startEmulation = whenIdle((request, { enter, notify, reply }) => {
  if (!findNode(request.payload, '83')) return reply(REFUSED, BAD_PARAMETER);
  const seconds = byteOf(request, '82') ?? 0;
  reply(seconds === 0 ? DONE : STARTED, SUCCESS);
  enter('emulating', 'TAP PHONE', seconds, () => emulationFinished(notify));
});

export const cardEmulation: Handler = (request, context) => {
  if (byteOf(request, '81') !== 0) return startEmulation(request, context);
  context.reply(DONE, SUCCESS);
  if (context.state !== 'emulating') return;
  context.toIdle();
  emulationFinished(context.notify);
};
