/** A pressed button of the reader's screen is an event of the page, from wherever the reader stands in it. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../../src/elements/reader/define.js';
import type { MagtekReader } from '../../../../src/elements/reader/reader.js';
import { MagtekButtonEvent } from '../../../../src/events/reader-events.js';
import { MockReader } from '../../../support/mock-reader.js';
import { waitUntil } from '../../../support/wait-until.js';

it('is the event magtek-button, which bubbles', async () => {
  const reader = new MockReader();
  const element = await fixture<MagtekReader>(html`<magtek-reader .transport=${reader.transport()}></magtek-reader>`);
  const told: MagtekButtonEvent[] = [];
  const listen = (event: MagtekButtonEvent): number => told.push(event);
  document.addEventListener('magtek-button', listen);
  try {
    await element.connect();
    reader.send('AA0081048300180582040102030084021805');
    await waitUntil(() => told.length === 1, undefined, { timeout: 20_000 });
    expect(told[0]).to.be.instanceOf(MagtekButtonEvent);
    expect(told[0]!.target).to.equal(element);
    expect(told[0]!.detail).to.deep.equal({ button: 'right', code: '01020300' });
  } finally {
    document.removeEventListener('magtek-button', listen);
    element.disconnect();
    reader.stop();
  }
});
