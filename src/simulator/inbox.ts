/**
 * Messages that arrive at the reader: read, lost or refused where a fault or a test wants that, and handed to the handler of
 * their command. It does not know what commands do.
 */
import { decodeMessage } from '../mms/decode.js';
import { toHex } from '../mms/hex.js';
import type { MmsFile, MmsRequest } from '../mms/message.js';
import { LOCK_STATE } from '../mms/tables/oids.js';
import type { FileStore } from './file-store.js';
import { REFUSED, type HandlerContext } from './handlers/handler.js';
import { handlers, takenWhileLocked } from './handlers/index.js';
import type { Client } from './links.js';
import { response } from './outgoing.js';
import type { Switchboard } from './switchboard.js';
import { UNKNOWN_COMMAND } from './unconfirmed.js';

/** Status of a message that is not constructed properly [PJ]. */
const BAD_MESSAGE = '010102';

/** Status of nearly every command to a locked reader [PJ, DP device-lock]. */
const DEVICE_LOCKED = '02011C';

const isLocked = ({ properties }: HandlerContext): boolean => properties.number(LOCK_STATE) !== 0;

export interface InboxDependencies {
  readonly switchboard: Switchboard;
  readonly files: FileStore;
  /** What the handler of a request can see and do. */
  readonly contextFor: (client: Client, request: MmsRequest) => HandlerContext;
  /** A connection was cut. */
  readonly changed: () => void;
}

export class Inbox {
  private readonly dependencies: InboxDependencies;
  /** Status detail with which the next command is refused. */
  private refusal: string | undefined;

  constructor(dependencies: InboxDependencies) {
    this.dependencies = dependencies;
  }

  /** @param detail Undefined for not at all. */
  refuseNext(detail: string | undefined): void {
    this.refusal = detail;
  }

  receive(client: Client, bytes: Uint8Array): void {
    let message;
    try {
      message = decodeMessage(bytes);
    } catch {
      this.rejectMalformed(client, bytes);
      return;
    }
    if (message.direction !== 'to-reader') return;
    if (message.kind === 'request') this.carryOut(client, message);
    else if (message.kind === 'file') this.take(client, message);
  }

  /** True where a fault lets a message get to the reader. */
  private isHeard(client: Client, message: MmsRequest | MmsFile): boolean {
    const { switchboard } = this.dependencies;
    const fate = switchboard.fateOf(message);
    if (fate === 'cut') this.cut(client);
    else if (typeof fate === 'object' && message.kind === 'request') {
      switchboard.reply(client, response(message, 0x80, fate.refused));
    }
    return fate === undefined || fate === 'cut-after';
  }

  /** A file is not answered: whether it was taken can be asked for (D825). */
  private take(client: Client, file: MmsFile): void {
    if (this.isHeard(client, file)) this.dependencies.files.receive(client, file.fileId, file.contents);
  }

  private carryOut(client: Client, request: MmsRequest): void {
    if (!this.isHeard(client, request)) return;
    const { contextFor, switchboard } = this.dependencies;
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal !== undefined) return switchboard.reply(client, response(request, 0x80, refusal));
    const isCutAfter = switchboard.fateOf(request) === 'cut-after';
    const handler = handlers[request.id];
    const context = contextFor(client, request);
    if (handler && isLocked(context) && !takenWhileLocked.has(request.id)) context.reply(REFUSED, DEVICE_LOCKED);
    else if (handler) handler(request, context);
    else switchboard.reply(client, response(request, 0x80, UNKNOWN_COMMAND));
    if (isCutAfter) this.cut(client);
  }

  /** A message that cannot be read is refused where its reference and command can, else ignored. */
  private rejectMalformed(client: Client, bytes: Uint8Array): void {
    if (!/^AA..810401......$/.test(toHex(bytes.subarray(0, 8)))) return;
    const head = decodeMessage(bytes.subarray(0, 8)) as MmsRequest;
    this.dependencies.switchboard.reply(client, response(head, 0x80, BAD_MESSAGE));
  }

  private cut(client: Client): void {
    this.dependencies.switchboard.cut(client);
    this.dependencies.changed();
  }
}
