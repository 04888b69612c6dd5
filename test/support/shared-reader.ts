/**
 * One reader that this page and somebody else sell at, played as a model: it takes one sale at a time, and knows for each key
 * serial number whose card it was. Between it and the page is a link that keeps the order, and that can stall, repeat what it
 * has delivered, lose commands and break.
 */
import { decodeMessage } from '../../src/mms/decode.js';
import { toMessage } from '../../src/mms/encode.js';
import type { MmsRequest } from '../../src/mms/message.js';
import { toHex } from '../../src/mms/hex.js';
import { decodeTlv, findTlv } from '../../src/mms/tlv.js';
import { cardMessage, completionMessage, dataMessage, newKsn } from './played-sale.js';

/** Whose sale: the amount in hexadecimal as it is in the start, or of somebody else. */
export type Owner = string;
const FOREIGN: Owner = 'foreign';

const OTHER_PAN = '550000******0004';

type Step = 'waiting' | 'reading' | 'asking' | 'completing' | 'batch' | 'last';

interface Selling {
  readonly owner: Owner;
  /** How a card may be presented. */
  readonly ways: ReadonlySet<'insert' | 'swipe'>;
  /** The stripe of a chip card is being read. */
  isStripe: boolean;
  step: Step;
  /** In full EMV: the ARQC that is sent again, and whether the card refuses whatever the host says. */
  arqc?: Uint8Array;
  repeats: number;
  refuses: boolean;
  /** DFDF1A of the batch to come. */
  result: string;
}

export class SharedReader {
  /** Whose card each key serial number was. */
  readonly ownerOf = new Map<string, Owner>();
  /** Key serial numbers of cards that were read in place of the first of a sale. */
  readonly otherCards = new Set<string>();
  /** Key serial numbers of stripes of chip cards where the chip could have been read. */
  readonly chipsOnStripe = new Set<string>();
  /** Starts that came before the reader had said that the sale of the same owner is over. */
  readonly doubled: Owner[] = [];
  /** How often something was delivered again. */
  repeats = 0;
  /** Starts of this page that the reader accepted. */
  readonly accepted: Owner[] = [];
  /** Results in the batches that it sent, by whose sale it was. */
  readonly results = new Map<Owner, string>();
  private readonly waitsForHost: boolean;
  /** Takes what reaches the page. */
  deliver: (bytes: Uint8Array) => void = () => undefined;
  private selling: Selling | undefined;
  /** Far from those of the page, which count up from the middle: one in 255 would be the same, and nothing could tell. */
  private foreignReference = 0;
  private isStalled = false;
  private isBroken = false;
  private losesNext = false;
  private isSeated = false;
  private readonly delivered: Uint8Array[] = [];
  private up: MmsRequest[] = [];
  private down: Uint8Array[] = [];

  /** @param waitsForHost Full EMV: after an ARQC it waits for command 1004. */
  constructor(waitsForHost = false) {
    this.waitsForHost = waitsForHost;
  }

  /** The page sends something. */
  receive(request: MmsRequest): void {
    if (this.losesNext) this.losesNext = false;
    else if (this.isStalled) this.up.push(request);
    else this.carryOut(request);
  }

  stall(): void {
    this.isStalled = true;
  }

  /** All that waits travels on, in order: what the reader has said before it got a command arrives before the answer to it. */
  flow(): void {
    this.isStalled = false;
    for (const bytes of this.down.splice(0)) this.reach(bytes);
    for (const request of this.up.splice(0)) this.carryOut(request);
  }

  /** The next command of the page is lost. */
  loseNext(): void {
    this.losesNext = true;
  }

  /**
   * The link breaks: what is under way to the page is gone, and what comes meanwhile never reaches it. Commands that have left
   * it may still arrive.
   */
  breaks(): void {
    this.down = [];
    this.isBroken = true;
  }

  /** The page has connected again. */
  connects(): void {
    this.isBroken = false;
  }

  /** Something that was delivered before is delivered again. */
  repeat(back: number): void {
    const bytes = this.delivered.at(-1 - back);
    if (!bytes) return;
    this.repeats++;
    this.say(bytes);
  }

  /** Somebody else starts a sale, where the reader is free. */
  foreignStart(): void {
    if (this.selling) return;
    this.selling = newSale(FOREIGN);
    this.foreignReference = (this.foreignReference % 0x40) + 1;
    this.respond({ reference: this.foreignReference, id: 0x1001 }, { summary: 0x01, detail: '000000' });
  }

  /** The sale goes on by one step; without a card the time is over. */
  advance(hasCard: boolean): void {
    const { selling } = this;
    switch (selling?.step) {
      case undefined:
        return;
      case 'waiting':
        if (!hasCard) this.end();
        else if (!selling.ways.has('insert')) this.swipe();
        else {
          selling.step = 'reading';
          this.isSeated = true;
          this.say(cardMessage());
        }
        return;
      case 'reading': {
        const ksn = newKsn();
        this.ownerOf.set(ksn, selling.owner);
        selling.arqc = dataMessage('arqc', { ksn, isChipOnStripe: selling.isStripe });
        if (selling.isStripe && selling.ways.has('insert')) this.chipsOnStripe.add(ksn);
        selling.step = this.waitsForHost && !selling.isStripe ? 'asking' : 'completing';
        this.say(selling.arqc);
        return;
      }
      case 'asking':
        if (selling.arqc && selling.repeats-- > 0) this.say(selling.arqc);
        else selling.step = 'completing';
        return;
      case 'completing':
        selling.step = 'batch';
        this.say(completionMessage(selling.isStripe ? '08FFFFFF' : undefined));
        return;
      case 'batch':
        selling.step = 'last';
        this.results.set(selling.owner, selling.result);
        this.say(dataMessage('batch', { result: selling.result }));
        return;
      case 'last':
        this.end();
    }
  }

  /** The stripe of a chip card is swiped. */
  swipe(): void {
    const { selling } = this;
    if (selling?.step !== 'waiting' || !selling.ways.has('swipe')) return;
    selling.step = 'reading';
    selling.isStripe = true;
    this.say(cardMessage('08010100'));
  }

  /** The chip gives no answer, and the reader leaves it to its host what comes of that. */
  failChip(): void {
    if (this.selling?.step === 'reading' && !this.selling.isStripe) this.end();
  }

  /** The card comes out of the slot; while it is read that ends the sale. */
  remove(): void {
    if (!this.isSeated) return;
    this.isSeated = false;
    this.say(cardMessage('10010300'));
    this.failChip();
  }

  /** The chip fails: a batch that says error, and then the stripe. */
  fallBack(): void {
    if (this.selling?.step === 'reading') this.say(dataMessage('batch', { result: '02' }));
  }

  /** Another card is read while the reader waits for the answer to the first. */
  changeCard(): void {
    const { selling } = this;
    if (selling?.step !== 'asking') return;
    const ksn = newKsn();
    this.ownerOf.set(ksn, selling.owner);
    this.otherCards.add(ksn);
    selling.arqc = dataMessage('arqc', { ksn, pan: OTHER_PAN });
    this.say(selling.arqc);
  }

  /** The card of the sale that is running will refuse. */
  refuse(): void {
    if (this.selling) this.selling.refuses = true;
  }

  private end(): void {
    this.selling = undefined;
    this.say(completionMessage());
  }

  private carryOut(request: MmsRequest): void {
    const { selling } = this;
    if (request.id === 0x1001) {
      if (selling) {
        const hasSaidSo = selling.step === 'batch' || selling.step === 'last';
        if (selling.owner === amountOf(request) && !hasSaidSo) this.doubled.push(selling.owner);
        this.respond(request, { summary: 0x80, detail: '020308' });
        return;
      }
      const owner = amountOf(request);
      this.accepted.push(owner);
      this.selling = newSale(owner, waysOf(request));
      this.respond(request, { summary: 0x01, detail: '000000' });
    } else if (request.id === 0x1008) {
      if (!selling) this.respond(request, { summary: 0x80, detail: '020304' });
      else if (selling.step !== 'waiting' && selling.step !== 'asking')
        this.respond(request, { summary: 0x80, detail: '020305' });
      else {
        this.respond(request, { summary: 0x00, detail: '000000' });
        this.end();
      }
    } else if (request.id === 0x1004) {
      if (selling?.step !== 'asking') this.respond(request, { summary: 0x80, detail: selling ? '02030D' : '020304' });
      else {
        selling.step = 'completing';
        selling.result = codeOf(request) === '00' && !selling.refuses ? '00' : '01';
        this.respond(request, { summary: 0x01, detail: '000000' });
      }
    } else this.respond(request, { summary: 0x00, detail: '000000' });
  }

  private respond(
    { reference, id }: Pick<MmsRequest, 'reference' | 'id'>,
    status: { readonly summary: number; readonly detail: string },
  ): void {
    this.say(toMessage({ kind: 'response', reference, id, status, payload: [] }).bytes);
  }

  private say(bytes: Uint8Array): void {
    if (this.isBroken) return;
    if (this.isStalled) this.down.push(bytes);
    else this.reach(bytes);
  }

  private reach(bytes: Uint8Array): void {
    // Answers are not repeated: each belongs to one reference.
    if (decodeMessage(bytes).kind === 'notification') this.delivered.push(bytes);
    this.deliver(bytes);
  }
}

const newSale = (owner: Owner, ways: Selling['ways'] = new Set(['insert', 'swipe'])): Selling => ({
  ...{ owner, ways, isStripe: false, step: 'waiting', repeats: 1, refuses: false, result: '01' },
});

/** Tag A3 of a start. */
function waysOf(request: MmsRequest): Selling['ways'] {
  const ways = { '82': 'insert', '81': 'swipe' } as const;
  return new Set(
    (['82', '81'] as const).filter((tag) => findTlv(request.payload, `A3/${tag}`)?.value[0]).map((tag) => ways[tag]),
  );
}

/** Tag 8A of the host's answer. */
function codeOf(request: MmsRequest): string {
  const answer = decodeTlv(findTlv(request.payload, '84')?.value ?? new Uint8Array(0));
  return new TextDecoder().decode(findTlv(answer, 'FF74/FA/70/8A')?.value);
}

/** Tag 9F02 of a start. */
export function amountOf(request: MmsRequest): Owner {
  const list = toHex(findTlv(request.payload, '86')?.value ?? new Uint8Array(0));
  return /9F0206([0-9]{12})/.exec(list)?.[1] ?? '';
}
