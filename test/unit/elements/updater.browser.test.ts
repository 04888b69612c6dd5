/** The updater in a page: chosen, looked at, confirmed, carried out; cut, given up, at another reader, moved and taken out. */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/updater/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekUpdater } from '../../../src/elements/updater/updater.js';
import type { UpdateCompleteDetail } from '../../../src/events/update-complete.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { firmwareFile } from '../../support/firmware-file.js';
import { quickClock } from '../../support/quick-clock.js';
import { waitUntil } from '../../support/wait-until.js';

const SERIAL = 'B571AF2';
const OTHER = 'C0FFEE1';
const BEFORE = 'SIM-MAIN-1.0-SIMULATED';
const LONG = { timeout: 20_000 };

interface Page {
  readonly element: MagtekReader;
  readonly view: MagtekUpdater;
  readonly simulated: SimulatedReader;
  readonly other: SimulatedReader;
  readonly transport: CuttableTransport;
  /** Commands that change something. */
  readonly changes: number[];
  readonly ended: UpdateCompleteDetail[];
}

const opened: Page[] = [];

async function page({ fileId = '', isConnected = true } = {}): Promise<Page> {
  const simulated = new SimulatedReader({ serialNumber: SERIAL, clock: quickClock, restartTime: 400 });
  const other = new SimulatedReader({ serialNumber: OTHER, clock: quickClock });
  const transport = new CuttableTransport(simulated);
  const element = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${transport} lang="en">
      <magtek-updater file-id=${fileId}></magtek-updater>
    </magtek-reader>
  `);
  const view = element.querySelector('magtek-updater')!;
  const made: Page = { element, view, simulated, other, transport, changes: [], ended: [] };
  opened.push(made);
  element.addEventListener('magtek-message', ({ detail: { direction, message } }) => {
    const isRequest = direction === 'to-reader' && message.kind === 'request';
    if (isRequest && [0xd801, 0xd901, 0xd812].includes(message.id)) made.changes.push(message.id);
  });
  document.addEventListener('magtek-update-complete', listener);
  if (isConnected) await element.connect();
  await view.updateComplete;
  return made;
}

const listener = ({ detail }: CustomEvent<UpdateCompleteDetail>): void => {
  opened.at(-1)?.ended.push(detail);
};

const part = (view: MagtekUpdater, name: string): HTMLElement | null =>
  view.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`);

async function press(view: MagtekUpdater, name: string): Promise<void> {
  await view.updateComplete;
  part(view, name)!.click();
}

const textOf = (node: Element | null): string => node?.textContent.replace(/\s+/g, ' ').trim() ?? '';

const file = (name = 'main.bin', bytes = firmwareFile('0200')): File => new File([bytes.slice()], name);

const reached = (view: MagtekUpdater, state: string): Promise<void> =>
  waitUntil(() => view.getAttribute('state') === state, `state ${state}, it is ${view.state}`, LONG);

/** Cuts the connection when a message of this kind has travelled. */
function cutAt({ element, transport }: Page, kind: string, id: number): void {
  element.addEventListener('magtek-message', ({ detail: { message } }) => {
    if (message.kind !== kind || message.id !== id) return;
    queueMicrotask(() => {
      transport.cut();
    });
  });
}

describe('the updater', () => {
  afterEach(() => {
    document.removeEventListener('magtek-update-complete', listener);
    for (const { element, simulated, other } of opened.splice(0)) {
      element.disconnect();
      simulated.close();
      other.close();
    }
  });

  it('looks, asks with the name of the reader, updates, and tells both versions', async () => {
    const { view, changes, ended } = await page();
    expect(view.state).to.equal('idle');
    expect(view.matches(':state(idle)')).to.equal(true);
    await view.choose(file());
    await view.updateComplete;
    expect(view.state).to.equal('confirming');
    const asked = textOf(part(view, 'details'));
    for (const shown of [SERIAL, 'Simulated reader', 'main.bin', '5 kB', 'Main firmware', BEFORE, '100%'])
      expect(asked).to.contain(shown);
    expect(changes, 'before it is confirmed').to.deep.equal([]);
    await expect(view).to.be.accessible();

    await press(view, 'start');
    await view.updateComplete;
    expect(view.state).to.equal('updating');
    expect(textOf(part(view, 'status'))).to.contain('Step 1 of 5');
    const progress = part(view, 'progress') as HTMLProgressElement;
    expect(progress.max).to.equal(5);
    await expect(view).to.be.accessible();
    await waitUntil(() => view.shadowRoot!.querySelector('li:nth-child(4)[aria-current=step]'), 'restarting', LONG);
    expect(part(view, 'cancel'), 'after the commit nobody can give up').to.equal(null);

    await reached(view, 'done');
    expect(changes).to.deep.equal([0xd801, 0xd901]);
    expect(ended).to.have.length(1);
    const { versionAfter = '' } = ended[0]!;
    expect(versionAfter).to.match(/^SIM-/);
    expect(ended[0]).to.deep.equal({
      ...{ outcome: 'updated', kind: 'main', serialNumber: SERIAL },
      ...{ versionBefore: BEFORE, versionAfter },
    });
    expect(textOf(part(view, 'status'))).to.contain('uses the new firmware');
    const told = textOf(part(view, 'details'));
    for (const shown of [SERIAL, BEFORE, versionAfter]) expect(told).to.contain(shown);
    await expect(view).to.be.accessible();
  });

  it('updates a second time, and says when the reader has the firmware already', async () => {
    const { view, changes, ended } = await page();
    for (const outcome of ['updated', 'unchanged', 'updated'] as const) {
      const bytes = outcome === 'updated' && ended.length > 0 ? firmwareFile('0200', 6_000) : firmwareFile('0200');
      await view.choose(bytes);
      await press(view, 'start');
      await reached(view, 'done');
      expect(ended.at(-1)?.outcome).to.equal(outcome);
    }
    expect(changes).to.deep.equal([0xd801, 0xd901, 0xd801, 0xd801, 0xd901]);
    view.reset();
    await reached(view, 'idle');
  });

  it('starts once, however often the button is pressed', async () => {
    const { view, changes } = await page();
    await view.choose(file());
    await view.updateComplete;
    const button = part(view, 'start')!;
    button.click();
    button.click();
    await reached(view, 'done');
    expect(changes).to.deep.equal([0xd801, 0xd901]);
  });

  it('waits for a reader, and looks when it is told to', async () => {
    const { element, view } = await page({ isConnected: false });
    await view.choose(file());
    await view.updateComplete;
    expect(view.state).to.equal('chosen');
    expect(textOf(part(view, 'status'))).to.contain('Connect the reader');
    expect((part(view, 'look') as HTMLButtonElement).disabled).to.equal(true);
    await element.connect();
    await view.updateComplete;
    expect(view.state, 'nothing starts by itself').to.equal('chosen');
    await press(view, 'look');
    await reached(view, 'confirming');
  });

  it('asks again when the connection was lost after the question', async () => {
    const { element, view, other, transport, changes } = await page();
    await view.choose(file());
    transport.reader = other;
    transport.cut();
    expect(view.state).to.equal('chosen');
    await waitUntil(() => element.state === 'ready', 'connected again', LONG);
    await view.updateComplete;
    expect(part(view, 'start')).to.equal(null);
    await press(view, 'look');
    await reached(view, 'confirming');
    expect(textOf(part(view, 'details'))).to.contain(OTHER);
    expect(changes).to.deep.equal([]);
  });

  it('asks again when it is moved to another reader, or when the id of the file is another one', async () => {
    const { view } = await page();
    const second = await page();
    await view.choose(file());
    second.element.append(view);
    await reached(view, 'chosen');
    await press(view, 'look');
    await reached(view, 'confirming');
    view.fileId = '02000000';
    await reached(view, 'chosen');
  });

  it('refuses another reader that comes back after the restart', async () => {
    const made = await page();
    const { view, other, transport, ended } = made;
    await view.choose(file());
    await press(view, 'start');
    await waitUntil(() => view.shadowRoot!.querySelector('li:nth-child(4)[aria-current=step]'), 'restarting', LONG);
    transport.reader = other;
    await reached(view, 'failed');
    expect(view.error).to.include({ code: 'other-reader' });
    expect(textOf(part(view, 'error')))
      .to.contain(SERIAL)
      .and.to.contain(OTHER);
    expect(ended).to.have.length(1);
    expect(ended[0]).to.include({ outcome: 'failed', kind: 'main', serialNumber: SERIAL, versionBefore: BEFORE });
    expect(ended[0]?.error).to.equal(view.error);
  });

  for (const [name, kind, id, said] of [
    ['loaded', 'response', 0xd801, 'loading an image changes nothing'],
    ['put into use', 'response', 0xd901, 'may be using the new firmware'],
  ] as const) {
    it(`says what a cut means while the image is ${name}, and looks at the reader again`, async () => {
      const made = await page();
      const { element, view } = made;
      cutAt(made, kind, id);
      await view.choose(file());
      await press(view, 'start');
      await reached(view, 'failed');
      expect(view.error?.code).to.equal('connection-lost');
      expect(textOf(part(view, 'error'))).to.contain(said);
      expect(textOf(part(view, 'details')), 'which reader').to.contain(SERIAL);
      await expect(view).to.be.accessible();
      await waitUntil(() => made.simulated.face.state === 'idle', 'the reader is at rest', LONG);
      await waitUntil(() => element.state === 'ready', 'connected again', LONG);
      await press(view, 'look');
      await reached(view, 'confirming');
      expect(textOf(part(view, 'details')).includes(BEFORE), 'has the version from before').to.equal(id === 0xd801);
    });
  }

  it('gives up while the image is loaded, and says that nothing has changed', async () => {
    const { element, view, changes } = await page();
    element.addEventListener('magtek-message', ({ detail: { message } }) => {
      if (message.kind === 'response' && message.id === 0xd801) void press(view, 'cancel');
    });
    await view.choose(file());
    await press(view, 'start');
    await reached(view, 'failed');
    expect(view.error).to.deep.include({ code: 'aborted' });
    expect(view.error?.because?.code).to.equal('firmware-given-up');
    expect(textOf(part(view, 'error'))).to.contain('goes on with the firmware that it had');
    expect(changes).to.deep.equal([0xd801]);
  });

  it('goes back from the question', async () => {
    const { view, changes } = await page();
    await view.choose(file());
    await press(view, 'cancel');
    await reached(view, 'chosen');
    expect(changes).to.deep.equal([]);
  });

  it('says what is wrong with a file, and does not begin during a sale', async () => {
    const { element, view } = await page();
    for (const [source, code] of [
      [new File([], 'empty.bin'), 'file-empty'],
      [new File(['a text'], 'notes.txt'), 'firmware-unknown'],
      [{ size: 2_000_000 } as Blob, 'file-too-large'],
    ] as const) {
      await view.choose(source);
      await view.updateComplete;
      expect(view.error?.because?.code).to.equal(code);
      expect(part(view, 'look'), 'nothing to try again').to.equal(null);
    }
    const moved = file();
    moved.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    await view.choose(moved);
    expect(view.error?.because?.code).to.equal('file-not-read');
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => true });
    await view.choose(file());
    expect(view.error?.code).to.equal('transaction-in-progress');
    await sale.cancel();
    await press(view, 'look');
    await reached(view, 'confirming');
  });

  it('takes no other file while an update runs, and can be neither reset nor left unasked', async () => {
    const { view } = await page();
    const leave = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await view.choose(file());
    expect(leave()).to.equal(true);
    await press(view, 'start');
    expect(leave(), 'asked').to.equal(false);
    let refused: unknown;
    await view.choose(file()).catch((cause: unknown) => {
      refused = cause;
    });
    expect(refused).to.deep.include({ code: 'bad-file' });
    expect(() => {
      view.reset();
    }).to.throw('sent to the reader');
    await reached(view, 'done');
    expect(leave()).to.equal(true);
  });

  it('shows how an update ended when it was moved meanwhile, and finishes it when it was taken out', async () => {
    const { element, view, ended } = await page();
    await view.choose(file());
    await press(view, 'start');
    const place = document.createElement('div');
    element.append(place);
    place.append(view);
    await reached(view, 'done');
    expect(ended).to.have.length(1);

    await view.choose(firmwareFile('0200', 6_000));
    await press(view, 'start');
    view.remove();
    const heard = new Promise<UpdateCompleteDetail>((resolve) => {
      view.addEventListener('magtek-update-complete', ({ detail }) => {
        resolve(detail);
      });
    });
    expect((await heard).outcome).to.equal('updated');
    element.append(view);
    await view.updateComplete;
    expect(view.state).to.equal('done');
  });

  it('lets the page hear of an update that fails after the element was taken out', async () => {
    const made = await page();
    const { view } = made;
    cutAt(made, 'response', 0xd801);
    await view.choose(file());
    await press(view, 'start');
    view.remove();
    const before = window.onerror;
    try {
      const heard = new Promise<unknown>((resolve) => {
        window.onerror = (_message, _source, _line, _column, error) => {
          resolve(error);
          return true;
        };
      });
      expect(await heard).to.include({ code: 'connection-lost' });
    } finally {
      window.onerror = before;
    }
    // A listener that cancels the event has heard of it: an error that nobody caught would fail this test.
    made.element.append(view);
    await waitUntil(() => made.simulated.face.state === 'idle', 'the reader is at rest', LONG);
    await waitUntil(() => made.element.state === 'ready', 'connected again', LONG);
    await press(view, 'look');
    await reached(view, 'confirming');
    await press(view, 'start');
    view.remove();
    const dealtWith = new Promise<UpdateCompleteDetail>((resolve) => {
      view.addEventListener('magtek-update-complete', (event) => {
        event.preventDefault();
        resolve(event.detail);
      });
    });
    expect((await dealtWith).outcome).to.equal('failed');
    await aTimeout(0);
  });

  it('is used with keys alone: the focus stays where the next step is', async () => {
    const { view } = await page();
    const input = view.shadowRoot!.querySelector<HTMLInputElement>('[type=file]')!;
    input.focus();
    const transfer = new DataTransfer();
    transfer.items.add(file());
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await reached(view, 'confirming');
    expect(view.shadowRoot!.activeElement?.id).to.equal('body');
    await sendKeys({ press: 'Tab' });
    expect(view.shadowRoot!.activeElement).to.equal(part(view, 'start'));
    await sendKeys({ press: 'Enter' });
    await reached(view, 'done');
    expect(view.shadowRoot!.activeElement?.id).to.equal('body');
    await sendKeys({ press: 'Tab' });
    expect(view.shadowRoot!.activeElement?.getAttribute('type')).to.equal('file');
  });

  it('takes one file that is dropped, and none where it is disabled', async () => {
    const { view } = await page();
    const drop = (...files: readonly File[]): DragEvent => {
      const dataTransfer = new DataTransfer();
      for (const one of files) dataTransfer.items.add(one);
      const event = new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true });
      view.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
      view.dispatchEvent(event);
      return event;
    };
    drop(file('one.bin'), file('two.bin'));
    await reached(view, 'failed');
    expect(view.error?.because?.code).to.equal('one-file');
    drop(file('one.bin'));
    await reached(view, 'confirming');
    view.disabled = true;
    await view.updateComplete;
    expect((part(view, 'start') as HTMLButtonElement).disabled).to.equal(true);
    expect(drop(file('two.bin')).defaultPrevented, 'the browser does not open it').to.equal(true);
    expect(textOf(part(view, 'details'))).to.contain('one.bin');
  });

  it('sends a file under its id to the reader that was confirmed', async () => {
    const { element, view, changes, ended } = await page({ fileId: '02000000' });
    await view.choose(new File(['a picture'], 'idle.png'));
    await view.updateComplete;
    expect(textOf(part(view, 'details')))
      .to.contain(SERIAL)
      .and.to.contain('02000000');
    await press(view, 'start');
    await reached(view, 'done');
    expect(changes).to.deep.equal([0xd812]);
    expect(ended).to.deep.equal([{ outcome: 'updated', kind: 'file', serialNumber: SERIAL }]);
    const { contents } = await element.client!.readFile('02000000');
    expect(new TextDecoder().decode(contents)).to.equal('a picture');
    view.fileId = '0200';
    await view.updateComplete;
    await view.choose(new File(['a picture'], 'idle.png'));
    expect(view.error?.because?.code).to.equal('file-id');
  });

  it('shows no card number that is in the name of a file', async () => {
    const { view } = await page();
    await view.choose(file('4111111111111111.bin'));
    await view.updateComplete;
    expect(textOf(part(view, 'details'))).not.to.contain('4111111111111111');
  });
});
