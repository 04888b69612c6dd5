/** The device itself: what it reports unasked, its restart, and commands that change nothing that can be seen. */
import { findNode } from '../../mms/tlv.js';
import { SUCCESS } from '../outgoing.js';
import { DONE, type Handler } from './handler.js';

export const done: Handler = (_, { reply }) => reply(DONE, SUCCESS);

export const setSubscriptions: Handler = ({ payload }, { reply, subscribe }) => {
  const isWanted = (findNode(payload, '81')?.value[0] ?? 1) === 1;
  const isAll = findNode(payload, '82')?.value[0] === 1;
  const list = findNode(payload, '83')?.value ?? new Uint8Array(0);
  const ids = Array.from(
    { length: Math.floor(list.length / 2) },
    (_, at) => ((list[at * 2] ?? 0) << 8) | (list[at * 2 + 1] ?? 0),
  );
  subscribe(isWanted, isAll ? undefined : ids);
  reply(DONE, SUCCESS);
};

export const resetDevice: Handler = (_, { reply, restart }) => {
  reply(DONE, SUCCESS);
  restart();
};
