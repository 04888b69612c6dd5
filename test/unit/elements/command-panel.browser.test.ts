/** The command panel in a page: forms, presets, favourites, scripts, properties and the support bundle, by keyboard and pointer. */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/command-panel/define.js';
import '../../../src/elements/log/define.js';
import type { MagtekCommandPanel } from '../../../src/elements/command-panel/command-panel.js';
import type { MagtekLog } from '../../../src/elements/log/log.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { parseHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { MockReader } from '../../support/mock-reader.js';
import { commandFile, firstLook, withoutReader } from '../../support/vendor-scripts.js';
import { waitUntil } from '../../support/wait-until.js';

const CANCEL = 'AA0081040113100884021008';
let reader: MockReader;
let element: MagtekReader;
let panel: MagtekCommandPanel;

const textOf = (of: Element = panel): string => of.shadowRoot!.textContent.replace(/\s+/g, ' ');
const all = (selector: string): HTMLElement[] => [...panel.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string): HTMLElement => all(selector)[0]!;
function button(name: string | RegExp, within: Element = panel): HTMLButtonElement {
  const buttons = [...within.shadowRoot!.querySelectorAll('button')];
  const found = buttons.find((candidate) => {
    const text = candidate.getAttribute('aria-label') ?? candidate.textContent.trim().replace(/\s+/g, ' ');
    return typeof name === 'string' ? text === name : name.test(text);
  });
  if (!found) throw new Error(`no button ${String(name)}`);
  return found;
}
async function press(name: string | RegExp): Promise<void> {
  button(name).click();
  await panel.updateComplete;
}
/** The box with a name. */
function checkbox(name: string, within: Element): HTMLInputElement {
  const label = [...within.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === name);
  return label!.querySelector('input')!;
}
async function asHexadecimal(within: Element): Promise<void> {
  checkbox('Hexadecimal', within).click();
  await panel.updateComplete;
}
async function fill(selector: string, text: string): Promise<void> {
  const field = one(selector) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await panel.updateComplete;
}

const withFile = (file: File): DataTransfer => {
  const data = new DataTransfer();
  data.items.add(file);
  return data;
};
function drop(file: File): void {
  const options = { dataTransfer: withFile(file), bubbles: true, composed: true, cancelable: true };
  one('#script').dispatchEvent(new DragEvent('drop', options));
}
function choose(file: File): void {
  const chooser = one('section[part=script] [type=file]') as HTMLInputElement;
  chooser.files = withFile(file).files;
  chooser.dispatchEvent(new Event('change'));
}

/** A log beside the panel, with a command in it that was opened as a file. */
async function openedLog(): Promise<MagtekLog> {
  const log = document.createElement('magtek-log');
  element.append(log);
  await log.updateComplete;
  await element.send(CANCEL);
  await log.import(exportJournal(element.client!.journal.entries.slice(-2)));
  await log.updateComplete;
  return log;
}

describe('the command panel', () => {
  beforeEach(async () => {
    localStorage.clear();
    reader = new MockReader();
    element = await fixture<MagtekReader>(html`
      <magtek-reader .transport=${reader.transport()}>
        <magtek-command-panel>
          <option value=${CANCEL} title="Cancels what runs here.">Counter cancel</option>
          <option value="AA00">Broken preset</option>
        </magtek-command-panel>
      </magtek-reader>
    `);
    panel = element.querySelector('magtek-command-panel')!;
    await element.connect();
    await waitUntil(() => textOf().includes('More, with parameters'));
  });
  afterEach(() => {
    element.disconnect();
    reader.stop();
  });

  it('makes a form of a command’s parameters and shows the bytes as they change, the changed ones marked', async () => {
    await press('Start Contact');
    expect(all('mark')).to.have.length(0);
    await fill('input[name=amount]', '4.60');
    expect(all('mark').map(({ textContent }) => textContent)).to.deep.equal(['0460']);
    await fill('input[name=amount]', '4.605');
    expect(textOf()).to.contain('amount may have at most 2 decimals');
    await press('Send Start Contact');
    expect(reader.received).to.deep.equal([]);
    await fill('input[name=amount]', '4.60');
    await press('Send Start Contact');
    await waitUntil(() => textOf().includes('accepted, running'));
    expect(reader.received[0]).to.contain('9F0206000000000460');
    expect(textOf()).to.match(/\d ms/);
  });

  it('offers the commands of the page, and says what is wrong with one', async () => {
    await press('Counter cancel');
    expect(textOf()).to.contain('Cancels what runs here.').and.to.contain(CANCEL);
    await press('Send Counter cancel');
    await waitUntil(() => reader.received.length === 1);
    await press('Broken preset');
    expect(textOf()).to.contain('not an MMS message');
    await press('Send Broken preset');
    expect(reader.received).to.have.length(1);
  });

  it('says at which character a typed command is wrong as soon as it is left', async () => {
    await fill('#custom', 'AA00 81xx');
    expect(one('#custom').getAttribute('aria-invalid')).to.equal('true');
    expect(one('#custom-error').textContent).to.contain('character 8');
    await fill('#custom', CANCEL);
    expect(one('#custom').getAttribute('aria-invalid')).to.equal('false');
  });

  it('keeps favourites and what was sent, but nothing sensitive', async () => {
    await press('NFC');
    await press('Favourite');
    expect(one('.list h3').textContent).to.equal('Favourites');
    await press('Get SN');
    await press('Send Get SN');
    await waitUntil(() => reader.received.length === 1);
    await press('Request PIN for an Account');
    await fill('input[name=accountNumber]', '4111111111111111');
    expect(textOf(), 'not even as bytes').not.to.contain('4111111111111111');
    expect(one('code.hex').textContent).to.contain('2A2A2A');
    await press('Send Request PIN for an Account');
    await waitUntil(() => reader.received.length === 2);
    await panel.updateComplete;
    const kept = Object.values(localStorage).join();
    expect(kept).to.contain('nfc').and.to.contain('D101');
    expect(kept).not.to.contain('4111111111111111');
    expect(all('[aria-label="Recent commands"] option')).to.have.length(2);
    const again = await fixture<MagtekCommandPanel>(html`<magtek-command-panel></magtek-command-panel>`);
    expect(again.shadowRoot!.querySelector('.list h3')?.textContent).to.equal('Favourites');
  });

  it('shows the value of a property beside the command', async () => {
    await press('Get SN');
    await press('Send Get SN');
    await waitUntil(() => textOf().includes('2.2.1.1.1.1 Serial number:'));
    expect(textOf()).to.contain('B571AF2');
  });

  it('checks a script whole before the first line is sent, and runs it with its results in a table', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    await fill('#script', `${CANCEL}\nWAIT,x\nDANCE`);
    await press('Run script');
    expect(all('#script-problems li').map(({ textContent }) => textContent.trim().slice(0, 7))).to.deep.equal([
      'Line 2:',
      'Line 3:',
    ]);
    expect(reader.received).to.deep.equal([]);
    await fill(
      '#script',
      `# a note\nDISPLAYMESSAGE,begin\nWAIT,1\nSENDCOMMAND,AA00810401B5D1018418D10181072B06010401F6098501028704020101018902C100\n${CANCEL}\nDISPLAYMESSAGE,never`,
    );
    await press('Run script');
    await waitUntil(() => textOf().includes('Ended:'));
    expect(all('tbody tr')).to.have.length(4);
    expect(textOf()).to.contain('4 of 5 steps, 1 failed');
    expect(one('tr.failed').textContent).to.contain('Failed: Cancel Transaction');
    // And which reader it is, before the first.
    expect(reader.received).to.have.length(3);
  });

  it('asks before a script restarts the reader, and stops one that runs', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    await fill('#script', 'PCIRESET');
    await press('Run script');
    expect(textOf()).to.contain('lines 1');
    await press('Do not run');
    await fill('#script', 'WAIT,60000\nDISPLAYMESSAGE,never');
    await press('Run script');
    expect(one('progress').getAttribute('max')).to.equal('2');
    await press('Stop');
    await waitUntil(() => textOf().includes('Stopped:'));
    expect(all('tbody tr')).to.have.length(0);
    expect(reader.received).to.deep.equal([]);
  });

  it('asks again before a script restarts another reader than the one that was asked about', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    await fill('#script', 'PCIRESET');
    await press('Run script');
    expect(textOf()).to.contain('lines 1');
    const other = new MockReader();
    const second = await fixture<MagtekReader>(
      html`<magtek-reader id="second" .transport=${other.transport()}></magtek-reader>`,
    );
    await second.connect();
    panel.for = 'second';
    await waitUntil(() => !textOf().includes('lines 1'));
    await press('Run script');
    expect(textOf()).to.contain('lines 1');
    expect([...reader.received, ...other.received]).to.deep.equal([]);
    second.disconnect();
    other.stop();
  });

  it('shows no secret of a line beside its result', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    // An account number of a request for a PIN, and words that only the name of their element tells.
    const request = 'AA00810401012001840E2001A10A8208' + '4000001234567899';
    const spaced = btoa(String.fromCharCode(...parseHex(request))).replace(/(.{3})/g, '$1 ');
    await fill('#script', `SENDBASE64COMMAND,${spaced}\nXML2JSON,<a><Password>letmein</Password></a>`);
    (one('section[part=script] [type=checkbox]') as HTMLInputElement).click();
    await press('Run script');
    await waitUntil(() => textOf().includes('Ended:'));
    const [first, second] = all('tbody tr').map(({ textContent }) => textContent.replace(/\s+/g, ''));
    expect(first).to.match(/SENDBASE64COMMAND,qgCBBAEBIA\*{4}/);
    expect(second).to.contain('XML2JSON').and.to.contain('Password:*******');
    expect(second).not.to.contain('letmein');
  });

  it('takes a dropped script', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    drop(new File([`SENDCOMMAND,${CANCEL}`], 'cancel.txt'));
    await waitUntil(() => (one('#script') as HTMLTextAreaElement).value === `SENDCOMMAND,${CANCEL}`);
  });

  for (const [how, give] of [
    ['dropped', drop],
    ['chosen', choose],
  ] as const) {
    it(`runs a script of the vendor’s verbs from a file that is ${how}, against the simulated reader`, async () => {
      element.disconnect();
      const simulated = await fixture<MagtekReader>(html`
        <magtek-reader .transport=${new SimulatedTransport(new SimulatedReader({ seed: 1 }))}
          ><magtek-command-panel></magtek-command-panel
        ></magtek-reader>
      `);
      panel = simulated.querySelector('magtek-command-panel')!;
      await simulated.connect();
      await press('Script');
      await waitUntil(() => all('#script').length === 1, undefined, { timeout: 20_000 });
      give(new File([firstLook + withoutReader], 'vendor.txt'));
      await waitUntil(() => (one('#script') as HTMLTextAreaElement).value.includes('LOADSIGNATURE'));
      await press('Run script');
      await waitUntil(() => textOf().includes('Ended:'), undefined, { timeout: 20_000 });
      expect(textOf()).to.contain('20 of 20 steps, 0 failed');
      expect(textOf()).to.contain('2.2.1.1.1.1 Serial number =');
      expect(all('svg polyline')).to.have.length(2);
      expect(one('tbody tr:last-child svg').getAttribute('aria-label')).to.equal(
        'Signature, 253 × 120 pixels, 2 strokes',
      );
      // The script has closed the connection.
      await simulated.connect();
      give(new File([commandFile], 'cmds.txt'));
      await waitUntil(() => (one('#script') as HTMLTextAreaElement).value.startsWith('DISPLAYMESSAGE,Updating'));
      await press('Run script');
      await waitUntil(() => textOf().includes('3 of 3 steps'), undefined, { timeout: 20_000 });
      simulated.disconnect();
    });
  }

  it('says why a verb is not done, at its line', async () => {
    await press('Script');
    await waitUntil(() => all('#script').length === 1);
    await fill('#script', 'WAIT,1\nUPDATETAGSRMS');
    await press('Run script');
    expect(one('#script-problems li').textContent.replace(/\s+/g, ' ').trim()).to.match(
      /^Line 2: UPDATETAGSRMS needs the vendor’s reader management service/,
    );
    await expect(panel).to.be.accessible();
  });

  it('browses properties: get, set with a question and reading again, compare with the value before', async () => {
    await press('Properties');
    await waitUntil(() => all('details').length > 3);
    const branch = all('details').find((group) => group.querySelector('summary code')?.textContent === '1.2.7')!;
    branch.querySelector('summary')!.click();
    await press('Get 1.2.7.1.2.1');
    await waitUntil(() => branch.querySelector('.value') !== null);
    const before = branch.querySelector('.value code')!.textContent;
    await press('Set 1.2.7.1.2.1');
    await waitUntil(() => branch.querySelector('form') !== null);
    await asHexadecimal(branch);
    const field = branch.querySelector('form input') as HTMLInputElement;
    field.value = '8F00000';
    field.dispatchEvent(new Event('input'));
    branch.querySelector('form')!.requestSubmit();
    await panel.updateComplete;
    expect(branch.querySelector('[role=alert]')!.textContent).to.contain('hexadecimal');
    field.value = '8F000000';
    field.dispatchEvent(new Event('input'));
    await panel.updateComplete;
    const sent = reader.received.length;
    branch.querySelector('form')!.requestSubmit();
    await panel.updateComplete;
    expect(reader.received.length, 'asks first').to.equal(sent);
    await press('Write it');
    await waitUntil(() => branch.querySelector('.changed') !== null);
    expect(branch.querySelector('.value code')!.textContent).to.equal('8F000000');
    expect(branch.querySelector('.changed')!.textContent).to.contain(before);
    expect(reader.received.slice(sent).map((hex) => hex.slice(12, 16))).to.deep.equal(['D101', 'D111', 'D101']);
  });

  it('gives a support bundle as one file', async () => {
    const clicks: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      clicks.push(`${this.download} ${this.href}`);
    };
    try {
      await press('Support bundle');
      await waitUntil(() => textOf().includes('Card data are masked'), undefined, { timeout: 5000 });
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const [name, url] = clicks[0]!.split(' ');
    expect(name).to.match(/^reader-support-.*\.json$/);
    const bundle = (await (await fetch(url!)).json()) as { readonly journal: unknown[] };
    expect(bundle).to.include({ format: 'magtek-elements support bundle', version: 1 });
    expect(bundle.journal.length).to.be.above(2);
  });

  it('is used by keyboard alone: tabs by arrows, a command by Enter, fields by Tab', async () => {
    button('Commands').focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => all('#script').length === 1);
    expect(panel.shadowRoot!.activeElement).to.equal(button('Script'));
    await sendKeys({ press: 'ArrowLeft' });
    await panel.updateComplete;
    button('Cancel EMV').focus();
    await sendKeys({ press: 'Enter' });
    await panel.updateComplete;
    button('Send Cancel EMV').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => textOf().includes('rejected'));
    one('#custom').focus();
    await sendKeys({ type: CANCEL });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => reader.received.length === 2);
  });

  it('runs a script by keyboard alone', async () => {
    button('Commands').focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => all('#script').length === 1);
    one('#script').focus();
    await sendKeys({ type: CANCEL });
    button('Run script').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => textOf().includes('Ended:'));
    expect(reader.received).to.deep.equal([CANCEL]);
  });

  it('browses properties by keyboard alone', async () => {
    button('Commands').focus();
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => all('details').length > 3);
    const branch = all('details').find((group) => group.querySelector('summary code')?.textContent === '1.2.7')!;
    branch.querySelector('summary')!.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => branch.hasAttribute('open'));
    button('Get 1.2.7.1.2.1').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => branch.querySelector('.value') !== null);
    expect(reader.received.map((hex) => hex.slice(12, 16))).to.deep.equal(['D101']);
    button('Set 1.2.7.1.2.1').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => branch.querySelector('form input') !== null);
    checkbox('Hexadecimal', branch).focus();
    await sendKeys({ press: ' ' });
    await panel.updateComplete;
    const field = branch.querySelector<HTMLInputElement>('form input')!;
    field.focus();
    field.select();
    await sendKeys({ type: '8F000000' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => textOf().includes('Write it'));
    button('Write it').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => branch.querySelector('.changed') !== null);
    expect(branch.querySelector('.value code')!.textContent).to.equal('8F000000');
  });

  it('saves a support bundle and plays a log by keyboard alone', async () => {
    const saved: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      saved.push(this.download);
    };
    try {
      button('Support bundle').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => saved.length === 1, undefined, { timeout: 5000 });
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    await element.send(CANCEL);
    const log = document.createElement('magtek-log');
    element.append(log);
    await log.updateComplete;
    await log.import(exportJournal(element.client!.journal.entries.slice(-2)));
    await log.updateComplete;
    const sent = reader.received.length;
    button('Play to the reader', log).focus();
    await sendKeys({ press: 'Enter' });
    await log.updateComplete;
    button('Play them', log).focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => textOf(log).includes('answered as recorded'));
    expect(reader.received).to.have.length(sent + 1);
  });

  for (const tab of ['Commands', 'Script', 'Properties']) {
    it(`is accessible: ${tab}`, async () => {
      await press(tab);
      await waitUntil(() => one('[role=tabpanel]').textContent.trim() !== '');
      await expect(panel).to.be.accessible();
    });
  }

  it('plays an opened log to the reader after a question', async () => {
    await press('Get SN');
    await press('Send Get SN');
    await waitUntil(() => textOf().includes('B571AF2'));
    const text = exportJournal(element.client!.journal.entries);
    const log = document.createElement('magtek-log');
    element.append(log);
    await log.updateComplete;
    await log.import(text);
    await log.updateComplete;
    const sent = reader.received.length;
    button('Play to the reader', log).click();
    await log.updateComplete;
    expect(reader.received).to.have.length(sent);
    button('Play them', log).click();
    await waitUntil(() => textOf(log).includes('1 answered as recorded'));
    expect(reader.received).to.have.length(sent + 1);
  });

  it('asks again before a log is played where it had another reader meanwhile', async () => {
    await element.send(CANCEL);
    const log = document.createElement('magtek-log');
    element.append(log);
    await log.updateComplete;
    await log.import(exportJournal(element.client!.journal.entries.slice(-2)));
    await log.updateComplete;
    button('Play to the reader', log).click();
    await log.updateComplete;
    expect(textOf(log)).to.contain('Play them');
    log.for = 'another';
    await log.updateComplete;
    log.for = '';
    await log.updateComplete;
    await log.updateComplete;
    expect(textOf(log)).to.contain('Play to the reader').and.not.to.contain('Play them');
  });

  it('keeps the focus where a button gave way to its question, on no button that a held key would press', async () => {
    const RESET = 'AA00810401001F0184021F01';
    /** Presses what has the focus with the keyboard; gives what has it then. */
    const pressed = async (host: HTMLElement & { updateComplete: Promise<boolean> }): Promise<Element | null> => {
      await sendKeys({ press: 'Enter' });
      await host.updateComplete;
      return host.shadowRoot!.activeElement;
    };
    const next = async (host: HTMLElement = panel): Promise<string | undefined> => {
      await sendKeys({ press: 'Tab' });
      return host.shadowRoot!.activeElement?.textContent.trim();
    };
    await fill('#custom', RESET);
    one('section[part=custom]').querySelector<HTMLButtonElement>('[part=send]')!.focus();
    const question = await pressed(panel);
    expect(question?.matches('[role=group]')).to.equal(true);
    expect(question!.textContent).to.contain('Send it');
    expect(await next()).to.equal('Send it');
    expect(question!.hasAttribute('tabindex')).to.equal(false);
    expect(await next()).to.equal('Do not send');
    expect((await pressed(panel))?.matches('.actions')).to.equal(true);
    expect(await next()).to.equal('Send');

    await press('Script');
    await waitUntil(() => one('#script'), undefined, { timeout: 20_000 });
    await fill('#script', `SENDCOMMAND,${RESET}`);
    button('Run script').focus();
    expect((await pressed(panel))?.textContent).to.contain('Run it');
    expect(await next()).to.equal('Run it');

    const log = await openedLog();
    button('Play to the reader', log).focus();
    expect((await pressed(log))?.textContent).to.contain('Play them');
    expect(await next(log)).to.equal('Play them');
    expect(reader.received.some((hex) => hex.includes('1F0184021F01'))).to.equal(false);
  });

  it('takes its questions back where the connection is lost: the next reader may be another one', async () => {
    const RESET = 'AA00810401001F0184021F01';
    await fill('#custom', RESET);
    one('section[part=custom]').querySelector<HTMLButtonElement>('[part=send]')!.click();
    await panel.updateComplete;
    expect(textOf()).to.contain('Send it');
    const log = await openedLog();
    button('Play to the reader', log).click();
    await log.updateComplete;
    await press('Script');
    await waitUntil(() => one('#script'), undefined, { timeout: 20_000 });
    await fill('#script', `SENDCOMMAND,${RESET}`);
    await press('Run script');
    expect(textOf()).to.contain('Run it');
    element.disconnect();
    await Promise.all([panel.updateComplete, log.updateComplete]);
    await element.connect();
    await Promise.all([panel.updateComplete, log.updateComplete]);
    expect(textOf()).not.to.contain('Run it');
    expect(textOf(log)).not.to.contain('Play them');
    await press('Commands');
    expect(textOf()).not.to.contain('Send it');
    expect(reader.received.some((hex) => hex.includes('1F0184021F01'))).to.equal(false);
  });
});
