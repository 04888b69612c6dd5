/**
 * The misbehaving sockets misbehave as they say: a fault test against a server that behaves would prove nothing.
 */
import { expect } from '@open-wc/testing';
import { startSocket, type RemoteSocket, type SocketMode, type SocketOptions } from './servers.js';

const first = 'AA0081040101D1018402D101';
const second = 'AA0081040102D1018402D101';
const firstAnswer = 'AA0081048201D101820400000000';
const secondAnswer = 'AA0081048202D101820400000000';

const hexOf = (data: ArrayBuffer): string =>
  Array.from(new Uint8Array(data), (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');

/** A raw socket that keeps what it hears; bytes are written as `bytes:` and hexadecimal digits. */
class Listener {
  readonly heard: string[] = [];
  readonly socket: WebSocket;
  readonly opened: Promise<boolean>;
  readonly closed: Promise<number>;
  private wake: () => void = () => {};

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.heard.push(typeof data === 'string' ? data : `bytes:${hexOf(data)}`);
      this.wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.addEventListener('close', ({ code }) => resolve(code));
    });
    this.opened = new Promise((resolve) => {
      this.socket.addEventListener('open', () => resolve(true));
      this.socket.addEventListener('close', () => resolve(false));
    });
  }

  /** Resolves when a message has come that fits. */
  async until(fits: (text: string) => boolean): Promise<void> {
    while (!this.heard.some(fits)) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}

describe('socket server', () => {
  let server: RemoteSocket;
  let client: Listener;

  async function talk(mode: SocketMode, options: SocketOptions = {}, ...requests: string[]): Promise<void> {
    server = await startSocket(mode, options);
    client = new Listener(server.url);
    if (await client.opened) for (const request of requests) client.socket.send(request);
  }

  afterEach(async () => {
    client.socket.close();
    await server.close();
  });

  const answers: [SocketMode, SocketOptions, string[]][] = [
    ['answer', {}, [firstAnswer, secondAnswer]],
    ['binary', {}, [`bytes:${firstAnswer}`, `bytes:${secondAnswer}`]],
    ['echo', {}, [first, second]],
    ['crossed', { count: 2 }, [secondAnswer, firstAnswer]],
    ['twice', {}, [firstAnswer, firstAnswer, secondAnswer, secondAnswer]],
    ['foreign', {}, [secondAnswer, firstAnswer, 'AA0081048203D101820400000000', secondAnswer]],
  ];
  for (const [mode, options, expected] of answers) {
    it(`${mode}: gives the answers that it should, in order`, async () => {
      await talk(mode, options, first, second);
      await client.until(() => client.heard.length === expected.length);
      expect(client.heard).to.deep.equal(expected);
    });
  }

  it('mute: takes requests and stays silent while the connection stays open', async () => {
    await talk('mute', {}, first);
    while ((await server.received()).length === 0);
    expect(client.heard).to.deep.equal([]);
    expect(await server.connections()).to.deep.equal({ attempts: 1, open: 1 });
  });

  it('garbage: answers amid what is not a message', async () => {
    await talk('garbage', {}, first);
    await client.until((text) => text === firstAnswer);
    expect(client.heard).to.include('hello').and.to.include('bytes:00FF10');
    expect(client.heard.filter((text) => text === firstAnswer)).to.have.length(1);
  });

  it('close-after-open: opens, then closes with its code', async () => {
    await talk('close-after-open', { code: 4003 });
    expect(await client.opened).to.equal(true);
    expect(await client.closed).to.equal(4003);
  });

  it('drop: answers as often as asked, then is gone without a close frame', async () => {
    await talk('drop', { after: 1 }, first, second);
    expect(await client.closed).to.equal(1006);
    expect(client.heard).to.deep.equal([firstAnswer]);
  });

  it('hang: never opens, until it is given up', async () => {
    server = await startSocket('hang');
    client = new Listener(server.url);
    while ((await server.connections()).attempts === 0);
    expect(client.socket.readyState).to.equal(WebSocket.CONNECTING);
  });

  it('refuse: does not open', async () => {
    await talk('refuse');
    expect(await client.opened).to.equal(false);
    expect(await client.closed).to.equal(1006);
  });

  it('tells what it got, text and bytes apart', async () => {
    await talk('answer', {}, first);
    client.socket.send(new Uint8Array([0xaa, 0, 0x81, 4, 1, 2, 0xd1, 1]));
    await client.until((text) => text === secondAnswer);
    expect(await server.received()).to.deep.equal([
      { frame: 'text', data: first },
      { frame: 'binary', data: 'AA0081040102D101' },
    ]);
  });

  it('sends, disconnects and cuts when told to, and takes the next connection', async () => {
    await talk('mute');
    await server.act('send', 'AA');
    await server.act('sendBinary', 'AA00');
    await client.until((text) => text === 'bytes:AA00');
    expect(client.heard).to.deep.equal(['AA', 'bytes:AA00']);
    await server.act('disconnect', 4001, 'enough');
    expect(await client.closed).to.equal(4001);
    client = new Listener(server.url);
    expect(await client.opened).to.equal(true);
    await server.act('cut');
    expect(await client.closed).to.equal(1006);
    expect((await server.connections()).attempts).to.equal(2);
  });

  it('says what is wrong with a mode or an action that does not exist', async () => {
    await talk('mute');
    const message = (error: unknown): string => (error as Error).message;
    expect(await server.act('dance').catch(message)).to.contain('dance');
    expect(await startSocket('dance' as SocketMode).catch(message)).to.contain('dance');
  });
});
