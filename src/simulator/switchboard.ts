/**
 * The clients of one simulated reader: who is let in, who gets what, and what the faults in effect make of it.
 * It does not know what commands do.
 */
import type { MmsFile, MmsRequest } from '../mms/message.js';
import type { CardDataFault } from './card-data.js';
import { faultOf, type FaultName } from './faults/index.js';
import type { Fate, Fault, FaultTarget } from './faults/fault.js';
import { Client, type Audience, type ReaderLink } from './links.js';
import type { SeededRandom } from './random.js';
import type { Timers } from './timers.js';

export interface SwitchboardOptions {
  readonly latency: number;
  readonly audience: Audience;
  readonly random: SeededRandom;
  readonly timers: Timers;
}

export class Switchboard {
  /** The client whose command caused what happens now. */
  asker: Client | undefined;
  private readonly options: SwitchboardOptions;
  private readonly clients = new Set<Client>();
  private readonly active = new Map<FaultName, Fault>();

  constructor(options: SwitchboardOptions) {
    this.options = options;
  }

  get size(): number {
    return this.clients.size;
  }

  get faultNames(): readonly FaultName[] {
    return [...this.active.keys()];
  }

  /** What is wrong with card data by the faults in effect. */
  get cardData(): CardDataFault | undefined {
    return this.faults.find(({ cardData }) => cardData !== undefined)?.cardData;
  }

  /** Chip cards refuse after the host has said yes. */
  get cardRefuses(): boolean {
    return this.faults.some(({ cardRefuses }) => cardRefuses);
  }

  /** No chip gives an answer. */
  get chipFails(): boolean {
    return this.faults.some(({ chipFails }) => chipFails);
  }

  /** What the reader is by its faults. */
  get faultState(): 'offline' | undefined {
    return this.faults.find(({ state }) => state !== undefined)?.state;
  }

  /** @throws {RangeError} where there is no such fault. */
  startFault(name: FaultName, target: FaultTarget): void {
    const fault = faultOf(name);
    if (this.active.has(name)) return;
    if (!fault.isMomentary) this.active.set(name, fault);
    fault.begin?.(target);
  }

  /** @throws {RangeError} where there is no such fault. */
  endFault(name: FaultName, target: FaultTarget): void {
    const fault = faultOf(name);
    if (this.active.delete(name)) fault.end?.(target);
  }

  /** Lets a client in; undefined where there is no room for it. */
  admit(link: ReaderLink, limit: number): Client | undefined {
    if (this.clients.size >= limit || this.faults.some(({ refusesClients }) => refusesClients)) return undefined;
    const client = new Client(link);
    this.clients.add(client);
    return client;
  }

  has(client: Client): boolean {
    return this.clients.has(client);
  }

  /** False where it had left already. */
  leave(client: Client): boolean {
    return this.clients.delete(client);
  }

  /** Ends every connection. */
  dropAll(): void {
    for (const client of [...this.clients]) {
      this.clients.delete(client);
      client.link.drop();
    }
  }

  /** Breaks the connection of one client, without a word where its carrier can. */
  cut(client: Client): void {
    if (!this.clients.delete(client)) return;
    if (client.link.cut) client.link.cut();
    else client.link.drop();
  }

  /** What becomes of a command or a file by the faults in effect. */
  fateOf(message: MmsRequest | MmsFile): Fate | undefined {
    for (const fault of this.faults) {
      const fate = fault.fateOf?.(message);
      if (fate !== undefined) return fate;
    }
    return undefined;
  }

  /** Sends a message to one client. */
  reply(client: Client, message: Uint8Array): void {
    this.deliver(() => [client], message);
  }

  /** Sends a notification to those who get and want it. */
  broadcast(message: Uint8Array, id: number): void {
    const to = this.options.audience === 'asker' && this.asker ? [this.asker] : [...this.clients];
    this.deliver(() => to.filter((client) => client.wants(id)), message);
  }

  private get faults(): readonly Fault[] {
    return [...this.active.values()];
  }

  private deliver(to: () => readonly Client[], message: Uint8Array): void {
    const { latency, random, timers } = this.options;
    const delay = this.faults.reduce((sum, fault) => sum + (fault.delay ?? 0), latency);
    const messages = this.faults.reduce<readonly Uint8Array[]>(
      (sent, { send }) => (send ? sent.flatMap((each) => send(each, random)) : sent),
      [message],
    );
    if (messages.length === 0) return;
    timers.later(delay, () => {
      for (const client of to()) {
        for (const each of messages) if (this.clients.has(client)) client.link.deliver(each);
      }
    });
  }
}
