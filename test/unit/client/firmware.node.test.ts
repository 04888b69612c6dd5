/**
 * A firmware update that is cut at every step: what the page says, and what the reader has afterwards. The table in
 * `docs/firmware.md` is written from it. After a change: `npx vitest run test/unit/client/firmware -u`.
 */
import { expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { SimulatedReader, SimulatedTransport } from '../../../src/simulator/index.js';
import type { OpenOptions, Transport, TransportSink } from '../../../src/transports/transport.js';
import { firmwareFile } from '../../support/firmware-file.js';

/** A way that a test can cut. */
class CuttableTransport implements Transport {
  private readonly inner: SimulatedTransport;
  private sink: TransportSink | undefined;

  constructor(reader: SimulatedReader) {
    this.inner = new SimulatedTransport(reader);
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.sink = to;
    await this.inner.open(
      {
        message: (bytes) => this.sink?.message(bytes),
        noise: (data) => this.sink?.noise(data),
        close: (reason) => this.sink?.close(reason),
      },
      options,
    );
  }

  send(bytes: Uint8Array): void {
    this.inner.send(bytes);
  }

  close(): void {
    this.inner.close();
  }

  cut(): void {
    const { sink } = this;
    this.sink = undefined;
    this.inner.close();
    sink?.close({ kind: 'lost', text: 'Cut.' });
  }
}

/** What travels last before the cut: a command, its answer, or the notification about it. */
type Moment = readonly [name: string, kind: 'request' | 'response' | 'notification', id: number, count: number];

const moments: readonly Moment[] = [
  ['while the version is asked for', 'request', 0xd101, 2],
  ['when the image was sent (D801)', 'request', 0xd801, 1],
  ['when the reader began to load', 'response', 0xd801, 1],
  ['when the image was loaded (0905)', 'notification', 0x0905, 1],
  ['when the commit was sent (D901)', 'request', 0xd901, 1],
  ['when the reader began to commit', 'response', 0xd901, 1],
  ['when the firmware is in use (0905)', 'notification', 0x0905, 2],
];

const BEFORE = 'SIM-MAIN-1.0-SIMULATED';

interface Result {
  readonly said: ReaderError;
  /** Version that the reader has when it is asked later. */
  readonly version: string;
}

async function cutAt([, kind, id, count]: Moment): Promise<Result> {
  const reader = new SimulatedReader({ pace: 1, restartTime: 20 });
  const transport = new CuttableTransport(reader);
  const client = new ReaderClient({ transport, reconnect: 'off' });
  await client.connect();
  let left = count;
  client.subscribe('message', ({ message }) => {
    if (message.kind !== kind || message.id !== id || --left > 0) return;
    // What has arrived has its consequences first.
    queueMicrotask(() => {
      transport.cut();
    });
  });
  const said = (await client.updateFirmware(firmwareFile('0200')).catch((cause: unknown) => cause)) as ReaderError;
  const later = new ReaderClient({ transport: new SimulatedTransport(reader) });
  // Whatever the reader does with an image and a restart is over then.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await later.connect({ persist: true });
  const { properties } = await later.getDeviceInfo();
  later.disconnect();
  return { said, version: properties.find(({ oid }) => oid === '2.1.2.2.2.2')?.text ?? '' };
}

test('cut at every step', async () => {
  const results = await Promise.all(moments.map(async (moment) => ({ name: moment[0], ...(await cutAt(moment)) })));
  for (const { name, said } of results) expect(said, name).toBeInstanceOf(ReaderError);
  const rows = results.map(({ name, said, version }) => {
    const state = version === BEFORE ? 'the firmware from before' : 'the new firmware';
    return `| ${name} | \`${said.code}\`${said.because ? `, \`${said.because.code}\`` : ''} | ${state} | ${said.help} |`;
  });
  const page = [
    '# Firmware\n',
    '`client.updateFirmware(file)` reads from the file itself what it is for, looks at the battery, loads the image, puts it into',
    'use, waits for the restart and compares the version. Nothing but this call starts it, nothing is sent twice, and a wrong image',
    'can leave a reader unusable: ask the person first, and name the reader.\n',
    'If the connection ends during an update, the error says which state the reader is in. This table is written by a test that cuts an',
    'update of the simulated reader at every step.\n',
    '| the connection ends | error | the reader then has | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/firmware.md');
});
