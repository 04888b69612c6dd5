/**
 * Draws `docs/architecture.svg` from the table of the layers: boxes at fixed places, and an arrow for each layer that another
 * rests on directly. It fails where the table has an arrow that has no way here, or the other way round.
 */
import { layers } from './layers.mjs';

/** Places of the boxes: left, top, width, height. @type {Record<string, readonly [number, number, number, number]>} */
const boxes = {
  cli: [20, 16, 940, 50],
  elements: [20, 116, 940, 50],
  events: [20, 216, 150, 70],
  language: [200, 216, 150, 70],
  toolbox: [380, 216, 150, 70],
  client: [20, 336, 330, 70],
  transactions: [20, 456, 136, 70],
  device: [164, 456, 102, 70],
  journal: [274, 456, 96, 70],
  bridge: [380, 456, 150, 70],
  page: [560, 456, 150, 70],
  simulator: [790, 456, 170, 70],
  connection: [20, 576, 460, 70],
  host: [20, 696, 160, 70],
  transports: [380, 696, 580, 50],
  mms: [20, 816, 940, 50],
};

/** The ways of the arrows: from the bottom of one box to the top of another. @type {Record<string, string>} */
const ways = {
  'cli elements': 'M300 66 L300 116',
  'elements events': 'M95 166 L95 216',
  'elements language': 'M275 166 L275 216',
  'elements toolbox': 'M455 166 L455 216',
  'elements page': 'M635 166 L635 456',
  'elements transports': 'M772 166 L772 696',
  'elements simulator': 'M875 166 L875 456',
  'events client': 'M95 286 L95 336',
  'language client': 'M275 286 L275 336',
  'toolbox client': 'M400 286 L340 336',
  'client transactions': 'M100 406 L100 456',
  'client device': 'M215 406 L215 456',
  'client journal': 'M320 406 L320 456',
  'transactions connection': 'M100 526 L100 576',
  'device connection': 'M215 526 L215 576',
  'journal connection': 'M320 526 L320 576',
  'bridge connection': 'M430 526 L430 576',
  'bridge transports': 'M510 526 L510 696',
  'page connection': 'M575 526 L470 576',
  'page transports': 'M660 526 L660 696',
  'page simulator': 'M710 491 L790 491',
  'simulator transports': 'M875 526 L875 696',
  // Beside the transports.
  'simulator mms': 'M950 526 L974 620 L974 770 L950 816',
  'connection transports': 'M430 646 L430 696',
  'connection mms': 'M270 646 L270 816',
  'host mms': 'M100 766 L100 816',
  'transports mms': 'M670 746 L670 816',
};

/** Where the note of an exception begins, and how it is aligned. @type {Record<string, string>} */
const notes = {
  'elements page': 'x="625" y="236" text-anchor="end"',
  'elements transports': 'x="782" y="586"',
  'elements simulator': 'x="885" y="236"',
  'page simulator': 'x="718" y="476"',
  'connection transports': 'x="420" y="676" text-anchor="end"',
  'transports mms': 'x="680" y="786"',
};

/** The command line may import every layer; one arrow and these words stand for all of them. */
const REST = { arrow: 'cli elements', note: '<text x="312" y="96">and every other layer</text>' };

const style = `
    text { font: 400 13px system-ui, sans-serif; fill: #545d68; }
    .name { font-weight: 600; font-size: 16px; fill: #14181d; }
    rect { fill: #f3f5f8; stroke: #8a94a1; }
    path { fill: none; stroke: #0b5cad; stroke-width: 1.75; marker-end: url(#head); }
    .part { stroke-dasharray: 5 4; }
    marker path { fill: #0b5cad; stroke: none; }
    @media (prefers-color-scheme: dark) {
      text { fill: #a3adb9; }
      .name { fill: #eceff3; }
      rect { fill: #191d22; stroke: #6d7784; }
      path { stroke: #6cb2ff; }
      marker path { fill: #6cb2ff; }
    }
  `;

/** @returns {string} the picture as SVG text */
export function drawArchitecture() {
  const whole = layers.flatMap(({ name, uses }) => uses.map((to) => `${name} ${to}`));
  const parts = layers.flatMap(({ name, exceptions = [] }) =>
    exceptions.flatMap(({ to, note }) => (note === undefined ? [] : [{ arrow: `${name} ${folder(to)}`, note }])),
  );
  const drawn = whole.filter((arrow) => !arrow.startsWith('cli ') || arrow === REST.arrow);
  const missing = [...drawn, ...parts.map(({ arrow }) => arrow)].filter((arrow) => !(arrow in ways));
  const stale = Object.keys(ways).filter(
    (arrow) => !drawn.includes(arrow) && !parts.some((part) => part.arrow === arrow),
  );
  if (missing.length + stale.length > 0) {
    throw new Error(
      `The picture has no way for: ${missing.join(', ') || '–'}; and too many: ${stale.join(', ') || '–'}.`,
    );
  }
  const path = (/** @type {string} */ arrow, isPart = false) => {
    const [from, to] = arrow.split(' ');
    return `  <path${isPart ? ' class="part"' : ''} data-from="${from}" data-to="${to}" d="${ways[arrow]}" />`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 882" role="img" aria-labelledby="title">
  <!-- Written by “npm run generate” from scripts/lib/layers.mjs. -->
  <title id="title">The layers of magtek-elements, and which may import which</title>
  <style>${style}</style>
  <defs>
    <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0 L8 4 L0 8 z" />
    </marker>
  </defs>
${layers.map(box).join('\n')}
${[...drawn.map((arrow) => path(arrow)), ...parts.map(({ arrow }) => path(arrow, true))].join('\n')}
  ${REST.note}
${parts.map(({ arrow, note }) => text(notes[arrow] ?? '', note)).join('\n')}
</svg>
`;
}

const folder = (/** @type {string} */ path) => /** @type {string} */ (path.split('/')[0]);

/** @param {import('./layers.mjs').Layer} layer */
function box({ name, text: words }) {
  const place = boxes[name];
  if (!place) throw new Error(`The picture has no place for ${name}.`);
  const [x, y, width, height] = place;
  // A wide, low box has its words beside its name.
  const beside = height === 50;
  const lines = words.split('\n').map((line, index) => {
    const at = beside
      ? `x="${String(x + 120)}" y="${String(y + 31)}"`
      : `x="${String(x + 14)}" y="${String(y + 42 + 16 * index)}"`;
    return `<text ${at}>${line}</text>`;
  });
  return `  <g data-layer="${name}"><rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="8" /><text class="name" x="${String(x + 14)}" y="${String(y + (beside ? 31 : 24))}">${name}</text>${lines.join('')}</g>`;
}

/** @param {string} place @param {string} note */
function text(place, note) {
  const x = /x="(\d+)"/.exec(place)?.[1] ?? '0';
  const spans = note
    .split('\n')
    .map((line, index) => `<tspan x="${x}"${index === 0 ? '' : ' dy="16"'}>${line}</tspan>`);
  return `  <text ${place}>${spans.join('')}</text>`;
}
