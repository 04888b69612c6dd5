/**
 * The page of one element: live on a simulated reader with a cardholder beside it, its attributes to play with, buttons for its
 * states, the events that it is about, and its code to copy. Which element it is stands in `data-element` of the body.
 */
import { isGalleryName, gallery, present } from '../gallery/gallery.js';
import { Stage } from '../gallery/stage.js';
import { listEvents } from '../shared/event-list.js';
import { find } from '../shared/find.js';
import { attributesOf, type ManifestAttribute } from './manifest.js';

const { element: name = '', attributes: first = '' } = document.body.dataset;
if (!isGalleryName(name)) throw new Error(`there is no element magtek-${name}`);
const tag = `magtek-${name}`;
const states = gallery[name];

const place = make('section');
const problem = make('p', 'problem');
problem.setAttribute('role', 'alert');
const sample = make('code');
const cardholder = document.createElement('magtek-simulator');
let stage: Stage | undefined;

/** Puts another stage in the place of the one that is there. */
function show(next: Stage): void {
  stage = next;
  cardholder.reader = next.reader;
  drawSample();
}

async function live(): Promise<void> {
  stage?.leave();
  const pairs = first.split(' ').filter((pair) => pair !== '');
  const attributes = Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
  const next = new Stage({ tag, attributes });
  next.clock.release();
  next.enter(place);
  show(next);
  await next.connect();
}

async function bring(state: string): Promise<void> {
  problem.textContent = '';
  stage?.leave();
  place.replaceChildren();
  try {
    show(await present(place, name as keyof typeof gallery, state));
    buttons.dataset.state = state;
  } catch (error) {
    problem.textContent = (error as Error).message;
  }
}

/** The tag as it stands, in a reader that a page would have. */
function drawSample(): void {
  const { view } = stage ?? {};
  if (!view) return;
  const written = [...view.attributes]
    .filter(({ name: attribute }) => attributesOf(tag).some((known) => known.name === attribute))
    .map(({ name: attribute, value }) => (value === '' ? ` ${attribute}` : ` ${attribute}="${value}"`))
    .join('');
  const reader = `<magtek-reader url="wss://reader.example"`;
  sample.textContent =
    name === 'reader'
      ? `${reader}${written}></magtek-reader>`
      : `${reader}>\n  <${tag}${written}></${tag}>\n</magtek-reader>`;
}

function make(kind: string, className = ''): HTMLElement {
  const made = document.createElement(kind);
  made.className = className;
  return made;
}

function box(title: string, ...parts: readonly HTMLElement[]): HTMLElement {
  const made = make('section', 'box');
  const heading = make('h2');
  heading.textContent = title;
  made.append(heading, ...parts);
  return made;
}

function button(title: string, act: () => unknown): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = title;
  made.addEventListener('click', () => {
    void act();
  });
  return made;
}

/** A field for an attribute; what is entered is set at once. */
function field({ name: attribute, description = '', type }: ManifestAttribute): HTMLElement {
  const label = make('label');
  const input = document.createElement('input');
  const isSwitch = type?.text === 'boolean';
  label.title = description;
  input.type = isSwitch ? 'checkbox' : type?.text === 'number' ? 'number' : 'text';
  const present = stage?.view.getAttribute(attribute) ?? null;
  if (isSwitch) input.checked = present !== null;
  else input.value = present ?? '';
  input.addEventListener('input', () => {
    if (isSwitch) stage?.view.toggleAttribute(attribute, input.checked);
    else if (input.value === '') stage?.view.removeAttribute(attribute);
    else stage?.view.setAttribute(attribute, input.value);
    drawSample();
  });
  if (isSwitch) label.append(input, attribute);
  else label.append(attribute, input);
  return label;
}

void live();

const fields = make('div', 'fields');
fields.append(...attributesOf(tag).map(field));
const buttons = make('div', 'buttons states');
buttons.append(
  button('Live', live),
  ...Object.entries(states).map(([state, { title }]) => button(title, () => bring(state))),
  button('Let it go on', () => {
    stage?.clock.release();
  }),
);
const pre = make('pre', 'sample');
pre.append(sample);
const events = document.createElement('ol');
events.className = 'events';
events.tabIndex = 0;
events.setAttribute('aria-label', 'Events');
const clear = button('Clear', () => undefined);
listEvents(events, clear);
const copy = button('Copy', () => navigator.clipboard.writeText(sample.textContent));

const main = make('div', 'stack');
main.append(place, box('States', buttons, problem));
if (fields.childElementCount > 0) main.append(box('Attributes', fields));
main.append(box('Code', pre, copy), box('Events', events, clear));
const side = make('aside', 'stack');
if (name !== 'simulator') side.append(cardholder);
find('#page').append(main, side);
