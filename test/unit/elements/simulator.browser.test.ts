/**
 * The face of the simulated reader in a real page: everything that a cardholder can do with it, by mouse, touch and keyboard.
 */
import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import '../../../src/index.js';
import '../../../src/elements/simulator/define.js';
import type { CardDataDetail, CardDetail } from '../../../src/transactions/card.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekSimulator } from '../../../src/elements/simulator/simulator.js';
import { commands } from '../../../src/mms/commands/index.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { seedTable } from '../../support/seed-table.js';
import { waitUntil } from '../../support/wait-until.js';

const START = seedTable[0][1];
const PIN = seedTable.find(([name]) => name === 'Request PIN')?.[1] ?? '';
const SIGNATURE = 'AA008104010118018405180181011E';

let reader: MagtekReader;
let face: MagtekSimulator;
let simulated: SimulatedReader;

const inside = (selector: string): HTMLElement => {
  const found = face.renderRoot.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const isChosen = (card: string): boolean => (inside(`[value=${card}]`) as HTMLInputElement).checked;
const openFaults = (): void => {
  (inside('details') as HTMLDetailsElement).open = true;
};
const shows = (selector: string): boolean => face.renderRoot.querySelector(selector) !== null;
const button = (text: string): HTMLButtonElement => {
  const found = [...face.renderRoot.querySelectorAll('button')].find((each) => each.textContent.trim() === text);
  if (!found) throw new Error(`no button ${text}`);
  return found;
};
const place = (name: string): HTMLElement => inside(`[data-place=${name}]`);
const display = (): string => inside('.display').textContent.trim();
const center = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

async function setUp(): Promise<void> {
  reader = await fixture<MagtekReader>(
    html`<magtek-reader simulated auto-connect><magtek-simulator></magtek-simulator></magtek-reader>`,
  );
  face = reader.querySelector('magtek-simulator')!;
  simulated = await reader.simulatedReader!;
  await waitUntil(() => reader.state === 'ready' && shows('.device'));
}

/** The next event of the reader. */
const next = <Detail>(name: string): Promise<Detail> =>
  new Promise((resolve) => {
    reader.addEventListener(name, (event) => resolve((event as CustomEvent<Detail>).detail), { once: true });
  });

async function drag(from: Element, to: Element): Promise<void> {
  from.scrollIntoView({ block: 'nearest' });
  await sendMouse({ type: 'move', position: center(from) });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: center(to) });
  await sendMouse({ type: 'up' });
}

describe('<magtek-simulator>', () => {
  afterEach(async () => {
    await resetMouse();
    await setViewport({ width: 1000, height: 1400 });
  });

  describe('in a simulated reader', () => {
    beforeEach(async () => {
      await setViewport({ width: 1000, height: 1400 });
      await setUp();
    });

    it('shows what the reader shows, and that it is simulated', async () => {
      expect(inside('.simulated').textContent).to.equal('SIMULATED READER');
      expect(display()).to.equal('WELCOME');
      await reader.send(commands.displayMessage({ message: 3 }));
      await waitUntil(() => display() === 'APPROVED');
    });

    it('presents the chosen card at the place that is pressed, and takes it out', async () => {
      inside('[value=mastercard]').click();
      await reader.send(START);
      await waitUntil(() => display().includes('INSERT'));
      const data = next<CardDataDetail>('magtek-card-data');
      place('insert').click();
      expect((await data).maskedPan).to.equal('5555********4444');
      await waitUntil(() => place('insert').textContent.includes('Mastercard'));
      const removed = next<CardDetail>('magtek-card');
      await waitUntil(() => simulated.face.state === 'idle');
      button('Remove card').click();
      expect((await removed).action).to.equal('removed');
    });

    it('lets cards be dragged with a mouse', async () => {
      await reader.send(START);
      const card = next<CardDetail>('magtek-card');
      await drag(inside('[data-card=amex]'), place('tap'));
      expect(await card).to.include({ via: 'contactless', action: 'detected' });
      expect(isChosen('amex')).to.equal(true);
      expect(inside('[data-card=amex]').style.translate).to.equal('');
    });

    it('lets cards be dragged with a finger', async () => {
      await reader.send(START);
      const heard = next<CardDetail>('magtek-card');
      const card = inside('[data-card=discover]');
      const point = (type: string, at: Element): void => {
        const [clientX, clientY] = center(at);
        const init = { pointerId: 1, pointerType: 'touch', isPrimary: true, bubbles: true, clientX, clientY };
        card.dispatchEvent(new PointerEvent(type, init));
      };
      // No real finger: the page has no pointer of that number to capture.
      card.setPointerCapture = () => undefined;
      point('pointerdown', card);
      point('pointermove', place('swipe'));
      await face.updateComplete;
      expect(place('swipe').classList.contains('over')).to.equal(true);
      point('pointerup', place('swipe'));
      expect((await heard).via).to.equal('swipe');
    });

    it('is used with the keyboard alone', async () => {
      await reader.send(START);
      const card = next<CardDetail>('magtek-card');
      inside('[value=visa]').focus();
      await sendKeys({ press: 'ArrowRight' });
      expect(isChosen('mastercard')).to.equal(true);
      place('swipe').focus();
      await sendKeys({ press: 'Enter' });
      expect((await card).via).to.equal('swipe');
    });

    it('says why a card cannot be used somewhere', async () => {
      inside('[value=stripeOnly]').click();
      await face.updateComplete;
      expect(place('tap').getAttribute('aria-disabled')).to.equal('true');
      place('tap').click();
      await face.updateComplete;
      expect(inside('.problem').textContent).to.contain('Stripe only cannot be used at the contactless field');
    });

    it('has a keypad for the PIN while one is asked for, and never shows digits', async () => {
      expect(shows('.keypad')).to.equal(false);
      await reader.send(PIN);
      await waitUntil(() => shows('.keypad'));
      for (const digit of '12') button(digit).click();
      button('3').focus();
      await sendKeys({ press: '4' });
      await waitUntil(() => display().includes('•••'));
      expect(display()).to.not.match(/\d/);
      button('3').click();
      const told = next<{ notification: { id: number } }>('magtek-notification');
      button('Enter').click();
      expect((await told).notification.id).to.equal(0x0205);
    });

    it('has a field to sign on', async () => {
      await reader.send(SIGNATURE);
      await waitUntil(() => shows('svg'));
      expect(button('Done').disabled).to.equal(true);
      const [x, y] = center(inside('svg'));
      await sendMouse({ type: 'move', position: [x - 40, y] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [x + 40, y + 20] });
      await sendMouse({ type: 'up' });
      await waitUntil(() => !button('Done').disabled);
      expect(inside('polyline').getAttribute('points')?.split(' ').length).to.be.greaterThan(1);
      const told = next<{ notification: { id: number } }>('magtek-notification');
      button('Done').click();
      expect((await told).notification.id).to.equal(0x1805);
      await waitUntil(() => !shows('svg'));
    });

    it('presses the cancel key, and lets the cardholder choose', async () => {
      await reader.send(commands.setProperty({ oid: '1.2.1.1.1.2', value: '03' }));
      await reader.send(START);
      simulated.insert('twoApplications');
      await waitUntil(() => shows('.choice'));
      button('VISA ELECTRON').click();
      await waitUntil(() => simulated.face.state === 'idle');
      simulated.remove();
      await reader.send(START);
      button('Cancel key').click();
      await waitUntil(() => simulated.face.state === 'idle');
    });

    it('lets things go wrong, and right again', async () => {
      openFaults();
      inside('[value=busy]').click();
      expect((await reader.send(START)).status.code).to.equal('transaction-in-progress');
      await waitUntil(() => inside('summary').textContent.includes('(1)'));
      inside('[value=busy]').click();
      expect((await reader.send(START)).status.ok).to.equal(true);
      inside('[value=reset]').click();
      await waitUntil(() => reader.state !== 'ready');
    });

    it('types the number of the chosen card, and refuses a command with any status', async () => {
      const card = next<CardDataDetail>('magtek-card-data');
      await reader.client!.request(commands.startTransaction({ amount: '1.00', currency: 'USD', accept: 'manual' }));
      await face.updateComplete;
      inside('button.type').click();
      expect((await card).via).to.equal('manual');
      await waitUntil(() => simulated.face.state === 'idle');
      openFaults();
      await face.updateComplete;
      (inside('[name=status]') as HTMLInputElement).value = '020316';
      button('Refuse the next command').click();
      const { status } = await reader.client!.request(START);
      expect(status.detail).to.equal('020316');
    });

    it('shows a barcode to the scanner', async () => {
      await reader.send('AA00810401021804840B180481010182011E830100');
      await waitUntil(() => simulated.face.state === 'barcode');
      const told = next<{ notification: { id: number } }>('magtek-notification');
      button('Show to the scanner').click();
      expect((await told).notification.id).to.equal(0x1805);
    });

    it('is accessible in every state', async () => {
      openFaults();
      await expect(face).to.be.accessible();
      for (const command of [PIN, SIGNATURE]) {
        await reader.send(command);
        await face.updateComplete;
        await expect(face).to.be.accessible();
        simulated.cancel();
      }
    });

    it('fits on a phone', async function () {
      await setViewport({ width: 320, height: 640 });
      // Some windows do not get as narrow as that.
      if (window.innerWidth > 320) this.skip();
      await reader.send(PIN);
      await waitUntil(() => shows('.keypad'));
      expect(document.documentElement.scrollWidth).to.be.at.most(320);
      expect(button('5').getBoundingClientRect().height).to.be.at.least(40);
    });
  });

  it('shows the reader that it is given, also before it is upgraded, and lets go of it', async () => {
    const own = new SimulatedReader();
    face = await fixture<MagtekSimulator>(html`<magtek-simulator .reader=${own}></magtek-simulator>`);
    await waitUntil(() => shows('.device'));
    own.startFault('offline');
    await waitUntil(() => display() === 'OUT OF SERVICE');
    const parent = face.parentElement!;
    face.remove();
    own.endFault();
    parent.append(face);
    await waitUntil(() => display() === 'WELCOME');
    own.close();
  });

  it('plays a scenario, as a text or by its address, until there is another', async () => {
    await setUp();
    const sale = '{ "steps": [{ "do": "tap", "card": "amex", "when": "waiting-for-card" }] }';
    const cards: (string | undefined)[] = [];
    reader.addEventListener('magtek-card-data', ({ detail }) => cards.push(detail.maskedPan));
    face.scenario = sale;
    await reader.client!.request(START);
    await waitUntil(() => cards.length > 0 && simulated.face.state === 'idle');
    expect(cards[0]).to.match(/0005$/);
    face.setAttribute('scenario', URL.createObjectURL(new Blob([sale.replace('amex', 'jcb')])));
    await reader.client!.request(START);
    // The last card data of the sale before may come when its reader is idle.
    await waitUntil(() => cards.at(-1)?.endsWith('0000'));
    await waitUntil(() => simulated.face.state === 'idle');
    face.scenario = '{ "steps": [{ "do": "dance" }] }';
    await waitUntil(() => inside('[role=alert]').textContent.includes('cannot be played'));
    expect(inside('[role=alert]').textContent).to.include('steps[0].do');
    face.scenario = '/no-such-scenario.json';
    await waitUntil(() => inside('[role=alert]').textContent.includes('404'));
  });

  it('finds its reader by id, and follows when there is another', async () => {
    const page = await fixture(html`
      <div>
        <magtek-simulator for="till"></magtek-simulator>
        <magtek-reader id="till" simulated></magtek-reader>
      </div>
    `);
    face = page.querySelector('magtek-simulator')!;
    await waitUntil(() => shows('.device'));
    page.querySelector('magtek-reader')!.simulated = false;
    await waitUntil(() => !shows('.device'));
    expect(face.renderRoot.textContent).to.contain('No simulated reader here');
  });
});

describe('the simulated attribute', () => {
  it('shows a badge that a page cannot hide by accident, and is not turned on by the address', async () => {
    history.replaceState(null, '', `${location.href}&simulated=1#simulated`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      strong, .simulated, [role=note], magtek-reader * { display: none !important; }
      magtek-reader { --magtek-surface: transparent; --magtek-text: transparent; color: transparent; font-size: 0; }
      magtek-reader::part(simulated) { display: none; }
    `);
    document.adoptedStyleSheets.push(sheet);
    const page = await fixture(html`
      <div>
        <magtek-reader simulated></magtek-reader>
        <magtek-reader url="ws://127.0.0.1:9"></magtek-reader>
      </div>
    `);
    const [with_, without] = [...page.querySelectorAll('magtek-reader')];
    const badge = with_!.shadowRoot!.querySelector('.simulated')!;
    expect(badge.textContent).to.equal('SIMULATED READER');
    expect(badge.getBoundingClientRect().height).to.be.greaterThan(10);
    expect(getComputedStyle(badge).color).to.equal('rgb(0, 0, 0)');
    document.adoptedStyleSheets.pop();
    expect(without!.shadowRoot!.querySelector('.simulated')).to.equal(null);
    expect(without!.simulatedReader).to.equal(undefined);
  });
});
