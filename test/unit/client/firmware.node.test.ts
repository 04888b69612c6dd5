/**
 * A firmware update that is cut at every step: what the page says, and what the reader has afterwards. The table in
 * `docs/firmware.md` is written from it. After a change: `npx vitest run test/unit/client/firmware.node --update`.
 */
import { expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { FirmwareStep } from '../../../src/client/operations/firmware.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { SimulatedReader, SimulatedTransport } from '../../../src/simulator/index.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { errorOfPromise } from '../../support/error-of.js';
import { firmwareFile } from '../../support/firmware-file.js';

/** What travels last before the cut: in a step, a command, its answer, or the notification about it. */
type Moment = readonly [
  name: string,
  step: FirmwareStep,
  kind: 'request' | 'response' | 'notification',
  id: number,
  count: number,
];

const moments: readonly Moment[] = [
  ['while the version is asked for', 'checking', 'request', 0xd101, 3],
  ['when the image was sent (D801)', 'loading', 'request', 0xd801, 1],
  ['when the reader began to load', 'loading', 'response', 0xd801, 1],
  ['when the image was loaded (0905)', 'loading', 'notification', 0x0905, 1],
  ['when the commit was sent (D901)', 'committing', 'request', 0xd901, 1],
  ['when the reader began to commit', 'committing', 'response', 0xd901, 1],
  ['when the firmware is in use (0905)', 'committing', 'notification', 0x0905, 1],
  ['while the version is compared', 'verifying', 'request', 0xd101, 2],
];

const VERSION = '2.1.2.2.2.2';
const BEFORE = 'SIM-MAIN-1.0-SIMULATED';

interface Result {
  readonly name: string;
  readonly said: ReaderError;
  /** Version that the reader has when it is asked later. */
  readonly version: string;
}

async function versionLater(reader: SimulatedReader): Promise<string> {
  const later = new ReaderClient({ transport: new SimulatedTransport(reader) });
  // Whatever the reader does with an image and a restart is over then.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await later.connect({ persist: true });
  const { properties } = await later.getDeviceInfo();
  later.disconnect();
  return properties.find(({ oid }) => oid === VERSION)?.text ?? '';
}

async function cutAt([name, step, kind, id, count]: Moment): Promise<Result> {
  const reader = new SimulatedReader({ pace: 1, restartTime: 20 });
  const transport = new CuttableTransport(reader);
  // Only a client that connects again sees the end of the restart.
  const client = new ReaderClient({ transport, reconnect: step === 'verifying' ? 'auto' : 'off' });
  await client.connect();
  let left = count;
  let now: FirmwareStep | undefined;
  client.subscribe('message', ({ message }) => {
    if (now !== step || message.kind !== kind || message.id !== id || --left > 0) return;
    // What has arrived has its consequences first.
    queueMicrotask(() => {
      transport.cut();
    });
  });
  const said = await errorOfPromise(
    client.updateFirmware(firmwareFile('0200'), {
      onProgress: (begun) => {
        now = begun;
      },
    }),
  );
  client.disconnect();
  return { name, said, version: await versionLater(reader) };
}

async function givenUp(): Promise<Result> {
  const reader = new SimulatedReader({ pace: 1, restartTime: 20 });
  const client = new ReaderClient({ transport: new SimulatedTransport(reader), reconnect: 'off' });
  await client.connect();
  const controller = new AbortController();
  client.subscribe('message', ({ message }) => {
    if (message.kind === 'response' && message.id === 0xd801) controller.abort();
  });
  const said = await errorOfPromise(client.updateFirmware(firmwareFile('0200'), { signal: controller.signal }));
  const result = { name: 'not at all: the page gave up while it was being loaded', said };
  client.disconnect();
  return { ...result, version: await versionLater(reader) };
}

test('cut at every step', async () => {
  const results = await Promise.all([...moments.map((moment) => cutAt(moment)), givenUp()]);
  for (const { name, said } of results) expect(said, name).toBeInstanceOf(ReaderError);
  const rows = results.map(({ name, said, version }) => {
    const state = version === BEFORE ? 'the firmware from before' : 'the new firmware';
    return `| ${name} | \`${said.code}\`${said.because ? `, \`${said.because.code}\`` : ''} | ${state} | ${said.help} |`;
  });
  const page = [
    '# Firmware\n',
    '`client.checkFirmware(file)` changes nothing: it says what a file is for, and which reader with which version and battery is',
    'connected. `client.updateFirmware(file)` reads from the file itself what it is for, looks at the battery, loads the image, puts it',
    'into use, waits for the restart and compares serial number and version. Nothing but this call starts it, nothing is sent twice, it',
    'is refused during a sale, and a wrong image can leave a reader unusable: ask the person first, name the reader, and say with',
    '`serialNumber` which one was meant. Another one is then not updated, whatever has been plugged in since. While an update runs, a',
    'second one and `client.sendFile()` are refused.\n',
    '```js client checked-by=test/unit/client/firmware-safety.node.test.ts',
    'const { serialNumber, version } = await client.checkFirmware(file);',
    'if (confirm(`Update the reader ${serialNumber}, which has ${version}?`)) {',
    '  const { versionAfter } = await client.updateFirmware(file, { serialNumber, onProgress: console.log });',
    '  console.log(versionAfter);',
    '}',
    '```\n',
    '`<magtek-updater>` does the same on a page. It has an entry of its own:\n',
    '```js',
    "import 'magtek-elements/elements/updater';",
    '```\n',
    '```html reader',
    '<magtek-updater></magtek-updater>',
    '```\n',
    'A person chooses a file, or drops it on the element. File and reader are looked at, and the confirmation names the serial',
    'number, the part that the file is for, and the version that it has now; only its button starts anything. Where the connection',
    'has been lost since, or the reader is another one, it is asked again. Then each step is shown. Until the image is loaded the',
    'update can be given up, later it cannot. The browser asks before the page is left. Taken out of the page, the element finishes',
    'the update; should it fail then, the page hears of it as of an error that nobody has caught, unless a listener cancels',
    '`magtek-update-complete`. Taking out the reader element closes the connection, and the table below says what that means. With',
    '`file-id="02000000"` the file is sent to the reader and kept there under that id, whatever is in it. `magtek-update-complete` says how',
    'it ended.\n',
    'If the connection ends during an update, the error says which state the reader is in. This table is written by a test that cuts an',
    'update of the simulated reader at every step.\n',
    '| the connection ends | error | the reader then has | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/firmware.md');
});
