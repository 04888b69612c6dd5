/** The signature in a page: asked for, drawn, exported, taken away. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/signature/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekSignature } from '../../../src/elements/signature/signature.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];
const STROKES = [
  [
    { x: 20, y: 80 },
    { x: 50, y: 30 },
    { x: 230, y: 70 },
  ],
  [{ x: 100, y: 100 }],
];

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

const inside = (view: MagtekSignature, part: string): HTMLButtonElement =>
  view.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${part}]`)!;

async function page(): Promise<{ mock: MockReader; view: MagtekSignature }> {
  const mock = new MockReader();
  readers.push(mock);
  const reader = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${mock.transport()}><magtek-signature></magtek-signature></magtek-reader>
  `);
  await reader.connect();
  const view = reader.querySelector('magtek-signature')!;
  await view.updateComplete;
  return { mock, view };
}

async function signed(): Promise<MagtekSignature> {
  const { mock, view } = await page();
  inside(view, 'request').click();
  await waitUntil(() => textOf(view).includes('Please sign') && mock.reader.face.state === 'signature');
  mock.reader.sign(STROKES);
  await waitUntil(() => view.signature !== undefined && !textOf(view).includes('Please sign'));
  return view;
}

describe('the signature in a page', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('is asked for by the button, drawn line by line, and taken away', async () => {
    const view = await signed();
    expect(view.signature?.strokes).to.deep.equal(STROKES);
    const lines = [...view.shadowRoot!.querySelectorAll('polyline')].map((line) => line.getAttribute('points'));
    expect(lines).to.deep.equal(['20,80 50,30 230,70', '100,100 100,100']);
    await expect(view).to.be.accessible();
    inside(view, 'clear').click();
    await view.updateComplete;
    expect(textOf(view)).to.contain('No signature yet');
    expect(view.toSVG()).to.equal(undefined);
    expect(await view.toPNG(100)).to.equal(undefined);
    await expect(view).to.be.accessible();
  });

  it('is exported as SVG and as PNG of the chosen width', async () => {
    const view = await signed();
    const { width, height } = view.signature!;
    const file = new DOMParser().parseFromString(view.toSVG()!, 'image/svg+xml');
    expect(file.documentElement.getAttribute('viewBox')).to.equal(`0 0 ${String(width)} ${String(height)}`);
    expect(file.querySelectorAll('polyline')).to.have.length(2);
    const picture = await createImageBitmap((await view.toPNG(width * 2))!);
    expect([picture.width, picture.height]).to.deep.equal([width * 2, height * 2]);
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
    pen.drawImage(picture, 0, 0);
    expect(pen.getImageData(100, 60, 1, 1).data[3], 'ink where the pen was').to.be.above(200);
    const dot = pen.getImageData(198, 198, 4, 4).data.filter((_, at) => at % 4 === 3);
    expect(Math.max(...dot), 'ink where the pen only touched').to.be.above(200);
    expect(pen.getImageData(4, 4, 1, 1).data[3], 'none elsewhere').to.equal(0);
    let thrown: unknown;
    await view.toPNG(0).catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.be.instanceOf(RangeError);
  });

  it('is gone from when the next one is asked for, by the button and by the page', async () => {
    const { mock, view } = await page();
    const reader = view.closest<MagtekReader>('magtek-reader')!;
    for (const ask of [
      () => inside(view, 'request').click(),
      () => void reader.client!.requestSignature().catch(() => undefined),
    ]) {
      const first = reader.client!.requestSignature();
      await waitUntil(() => mock.reader.face.state === 'signature', undefined, { timeout: 20_000 });
      mock.reader.sign(STROKES);
      await first;
      expect(view.toSVG()).to.be.a('string');
      await waitUntil(() => mock.reader.face.state !== 'signature', undefined, { timeout: 20_000 });
      ask();
      await waitUntil(() => mock.reader.face.state === 'signature', undefined, { timeout: 20_000 });
      await waitUntil(() => view.signature === undefined, undefined, { timeout: 20_000 });
      expect(view.toSVG()).to.equal(undefined);
      mock.reader.sign(STROKES);
      await waitUntil(() => view.signature !== undefined, undefined, { timeout: 20_000 });
      await waitUntil(() => !textOf(view).includes('Please sign'), undefined, { timeout: 20_000 });
    }
  });

  it('says why there is none', async () => {
    const { mock, view } = await page();
    inside(view, 'request').click();
    await waitUntil(() => mock.reader.face.state === 'signature');
    mock.stop();
    await waitUntil(() => view.shadowRoot!.querySelector('[part=error]') !== null);
    expect(inside(view, 'error').textContent).to.contain('lost');
    await expect(view).to.be.accessible();
  });
});
