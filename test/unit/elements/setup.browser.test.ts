/** `<magtek-setup>`: readers by name, and the test of a connection. */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import '../../../src/elements/setup/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekSetup } from '../../../src/elements/setup/setup.js';
import { startReader, type RemoteServer } from '../../support/servers.js';
import { rested } from '../../support/rested.js';
import { waitUntil } from '../../support/wait-until.js';

let server: RemoteServer | undefined;

beforeEach(() => {
  localStorage.clear();
});

afterEach(async () => {
  for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
  await server?.close();
  server = undefined;
  localStorage.clear();
});

async function make(lang = 'en'): Promise<{ reader: MagtekReader; setup: MagtekSetup }> {
  const reader = await fixture<MagtekReader>(
    html`<magtek-reader lang=${lang}><magtek-setup></magtek-setup></magtek-reader>`,
  );
  const setup = reader.querySelector('magtek-setup')!;
  await setup.updateComplete;
  return { reader, setup };
}

const textOf = (setup: MagtekSetup): string => setup.shadowRoot!.textContent.replace(/\s+/g, ' ');
const field = (setup: MagtekSetup, name: string): HTMLInputElement =>
  setup.shadowRoot!.querySelector(`[name=${name}]`)!;

/** Adds a reader by keyboard alone. */
async function add(setup: MagtekSetup, name: string, address: string): Promise<void> {
  field(setup, 'name').focus();
  await sendKeys({ type: name });
  field(setup, 'address').focus();
  await sendKeys({ type: address });
  await sendKeys({ press: 'Enter' });
  await setup.updateComplete;
}

const use = (setup: MagtekSetup): void => {
  setup.shadowRoot!.querySelector<HTMLButtonElement>('li .primary')!.click();
};

describe('the set-up of readers', () => {
  it('keeps readers without what is secret in their addresses, and removes them', async () => {
    const { setup } = await make();
    await add(setup, 'Counter', 'wss://me:password@reader.example/path?key=secret#part');
    expect(localStorage.getItem('magtek-elements/readers')).to.equal(
      '[{"name":"Counter","carrier":"network","address":"wss://reader.example/path","device":""}]',
    );
    const again = (await make()).setup;
    expect(textOf(again)).to.contain('Counter wss://reader.example/path');
    again.shadowRoot!.querySelector<HTMLButtonElement>('[aria-label="Remove Counter"]')!.click();
    await again.updateComplete;
    expect(localStorage.getItem('magtek-elements/readers')).to.equal('[]');
    expect(textOf(again)).to.contain('No reader has been added yet.');
  });

  it('tests a connection to its last step, and lets the reader report its restarts', async () => {
    server = await startReader();
    const { reader, setup } = await make();
    await add(setup, 'Counter', server.url);
    use(setup);
    await waitUntil(() => textOf(setup).includes('Clients at the same time: passed'), 'all steps', { timeout: 8_000 });
    expect(reader.state).to.equal('ready');
    const { serialNumber } = await reader.getDeviceInfo();
    expect(textOf(setup)).to.contain(`Answer and serial number: passed (${serialNumber})`);
    await rested(setup);
    await expect(setup).to.be.accessible();
    [...setup.shadowRoot!.querySelectorAll('button')].at(-1)!.click();
    await waitUntil(() => textOf(setup).includes('from the next one on'), 'set', { timeout: 8_000 });
  });

  it('says at the step that fails what to do', async () => {
    const { setup } = await make();
    await add(setup, 'Counter', 'ws://127.0.0.1:9/');
    use(setup);
    await waitUntil(() => textOf(setup).includes('Connection: failed'), 'failed', { timeout: 8_000 });
    expect(textOf(setup)).to.contain('Check the address');
    expect(textOf(setup)).not.to.contain('Answer and serial number');
    expect(setup.shadowRoot!.querySelector('a')!.href).to.contain('errors.html#unreachable');
    await rested(setup);
    await expect(setup).to.be.accessible();
  });

  it('leaves the simulated reader of a page for the one that is chosen', async () => {
    server = await startReader();
    const { reader, setup } = await make();
    reader.simulated = true;
    await reader.connect();
    await add(setup, 'Counter', server.url);
    use(setup);
    await waitUntil(() => textOf(setup).includes('Clients at the same time: passed'), 'all steps', { timeout: 8_000 });
    expect(reader.simulated).to.equal(false);
    expect(textOf(setup)).to.contain(`Address: passed (${new URL(server.url).host})`);
  });

  it('shows the test that was begun last', async () => {
    server = await startReader();
    const { setup } = await make();
    await add(setup, 'Counter', server.url);
    use(setup);
    use(setup);
    await waitUntil(() => textOf(setup).includes('Clients at the same time: passed'), 'all steps', { timeout: 8_000 });
    expect(textOf(setup)).not.to.contain('failed');
    const steps = [...setup.shadowRoot!.querySelectorAll('[part=steps] li')];
    expect(steps.map(({ textContent }) => textContent.trim().split(':')[0])).to.deep.equal([
      'Address',
      'Permission of the browser',
      'Connection',
      'Answer and serial number',
      'Clients at the same time',
    ]);
  });

  it('asks for the path at a broker, and for no address where the browser lists the readers', async () => {
    const { setup } = await make();
    const carrier = setup.shadowRoot!.querySelector('select')!;
    for (const [chosen, fields] of [
      ['mqtt', ['name', 'address', 'device']],
      ['hid', ['name']],
      ['serial', ['name']],
      ['ble', ['name']],
    ] as const) {
      carrier.value = chosen;
      carrier.dispatchEvent(new Event('change'));
      await setup.updateComplete;
      expect([...setup.shadowRoot!.querySelectorAll('input')].map(({ name }) => name)).to.deep.equal(fields);
      await rested(setup);
      await expect(setup).to.be.accessible();
    }
  });

  for (const [lang, title] of [
    ['de', 'Lesegeräte'],
    ['fr', 'Lecteurs'],
    ['es', 'Lectores'],
  ] as const)
    it(`speaks ${lang}`, async () => {
      const { setup } = await make(lang);
      await waitUntil(() => textOf(setup).includes(title), title);
    });
});
