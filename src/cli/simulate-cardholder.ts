/**
 * A cardholder for a simulated reader, presenting a card at random when one is asked for.
 * Whoever uses it decides what is random, so that a run can be repeated.
 */
import type { ReaderFace } from '../simulator/face.js';
import type { SimulatedReader } from '../simulator/simulated-reader.js';
import type { TestCardName } from '../simulator/test-cards.js';

export interface CardholderOptions {
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Milliseconds before each thing that the cardholder does, at most. */
  readonly slowest: number;
}

const cards: readonly TestCardName[] = ['visa', 'mastercard', 'amex', 'discover', 'jcb'];

/** Plays until the returned function is called. */
export function playCardholder(reader: SimulatedReader, { random, slowest }: CardholderOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const act = (): void => {
    timer = undefined;
    what(reader.face, random)?.(reader);
    look(reader.face);
  };
  const look = (face: ReaderFace): void => {
    if (timer === undefined && what(face, random)) timer = setTimeout(act, random() * slowest);
  };
  const unsubscribe = reader.subscribe(look);
  look(reader.face);
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** What there is to do; undefined where there is nothing. */
function what({ state, phase, seated, choices }: ReaderFace, random: () => number) {
  if (seated) {
    // It stays in the slot until the reader is done with it.
    return state === 'transaction' && phase !== 'completing'
      ? undefined
      : (reader: SimulatedReader): void => reader.remove();
  }
  if (state === 'pin') {
    return (reader: SimulatedReader): void => reader.enterPin();
  }
  if (phase === 'selecting' && choices.length > 0) {
    return (reader: SimulatedReader): void => reader.select(Math.floor(random() * choices.length));
  }
  if (phase !== 'waiting-for-card') return undefined;
  return (reader: SimulatedReader): void => {
    const card = cards[Math.floor(random() * cards.length)];
    if (random() < 0.5) reader.tap(card);
    else reader.insert(card);
  };
}
