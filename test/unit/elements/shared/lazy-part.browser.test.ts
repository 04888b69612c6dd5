/** A part of an element that is loaded on demand: once, again where it was not to be had, and told to its element each time. */
import { expect } from '@open-wc/testing';
import { LazyPart } from '../../../../src/elements/shared/lazy-part.js';

/** An element that counts how often it is asked to draw itself, and a part that is there from the given try on. */
function lazy(firstGood: number): {
  readonly part: LazyPart<string>;
  readonly host: { isConnected: boolean; draws: number };
  readonly tries: () => number;
} {
  const host = {
    isConnected: true,
    draws: 0,
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => {
      host.draws++;
    },
    updateComplete: Promise.resolve(true),
  };
  let tries = 0;
  const part = new LazyPart(host, () => {
    tries++;
    return tries >= firstGood ? Promise.resolve('part') : Promise.reject(new TypeError('Failed to fetch'));
  });
  return { part, host, tries: () => tries };
}

describe('a part that is loaded on demand', () => {
  it('is not loaded before somebody needs it, and then once', async () => {
    const { part, host, tries } = lazy(1);
    expect([part.part, part.isMissing, tries()]).to.deep.equal([undefined, false, 0]);
    await Promise.all([part.need(), part.need()]);
    await part.need();
    expect([part.part, part.isMissing, tries(), host.draws]).to.deep.equal(['part', false, 1, 1]);
  });

  it('is tried again when the network is back, and says meanwhile that it is missing', async () => {
    const { part, host, tries } = lazy(2);
    await part.need();
    // Asking again changes nothing before its time has come.
    await part.need();
    expect([part.part, part.isMissing, tries(), host.draws]).to.deep.equal([undefined, true, 1, 1]);
    window.dispatchEvent(new Event('online'));
    await part.need();
    expect([part.part, part.isMissing, tries(), host.draws]).to.deep.equal(['part', false, 2, 2]);
    // Nobody waits for the network any more.
    window.dispatchEvent(new Event('online'));
    await part.need();
    expect(tries()).to.equal(2);
  });

  it('is not asked for by an element that is not in the page', async () => {
    const { part, host, tries } = lazy(2);
    await part.need();
    host.isConnected = false;
    window.dispatchEvent(new Event('online'));
    expect(tries()).to.equal(1);
    await part.need();
    expect([part.part, tries()]).to.deep.equal(['part', 2]);
  });
});
