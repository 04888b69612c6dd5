/** The loader in a page, with parts of the test's own, which come when the test lets them. */
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { ERROR_ATTRIBUTE, Loader, SHADOW_ATTRIBUTE } from '../../../src/loader/loader.js';
import { missingPart } from '../../../src/loader/words.js';
import { waitUntil } from '../../support/wait-until.js';

let number = 0;

interface Part {
  readonly tag: string;
  readonly loader: Loader;
  /** How often the code was asked for. */
  readonly asked: () => number;
  /** Lets the code come, or not, from now on. */
  come: (isThere: boolean) => void;
}

/** A tag of its own for each test: tags cannot be taken back. */
function makePart(): Part {
  const tag = `loaded-tag-${String(++number)}`;
  let asked = 0;
  let isThere = true;
  const loader = new Loader({
    [tag]: async () => {
      asked++;
      await Promise.resolve();
      if (!isThere) throw new TypeError('Failed to fetch');
      class Loaded extends LitElement {
        static readonly version = 'of the test';
        static override properties = { amount: {} };
        declare amount: string;
        override render(): unknown {
          return html`amount ${this.amount}`;
        }
      }
      customElements.define(tag, Loaded);
    },
  });
  return {
    tag,
    loader,
    asked: () => asked,
    come: (value) => {
      isThere = value;
    },
  };
}

/** Takes what the loader says on the console away from the report of the run. */
async function withoutConsole(act: () => Promise<void>): Promise<unknown[][]> {
  const said: unknown[][] = [];
  const { error } = console;
  console.error = (...args: unknown[]) => said.push(args);
  try {
    await act();
  } finally {
    console.error = error;
  }
  return said;
}

const place = (): Promise<HTMLElement> => fixture<HTMLElement>(html`<section></section>`);

async function isUpgraded(element: Element): Promise<void> {
  await waitUntil(() => element.matches(':defined'), 'upgraded');
}

describe('the loader finds', () => {
  it('a tag that is there, one that comes late, and asks for the code once', async () => {
    const { tag, loader, asked } = makePart();
    const section = await place();
    section.append(document.createElement(tag));
    const stop = loader.watch(document);
    section.append(document.createElement(tag), document.createElement(tag));
    await loader.settled();
    await isUpgraded(section.lastElementChild!);
    expect(asked()).to.equal(1);
    stop();
  });

  it('a tag that comes in a fragment, deep inside', async () => {
    const { tag, loader } = makePart();
    const section = await place();
    const stop = loader.watch(document);
    const template = document.createElement('template');
    template.innerHTML = `<div><p><${tag}></${tag}></p></div>`;
    section.append(template.content.cloneNode(true));
    await isUpgraded(section.querySelector(tag)!);
    stop();
  });

  it('nothing in a shadow root, until it opts in', async () => {
    const { tag, loader, asked } = makePart();
    const section = await place();
    const root = section.attachShadow({ mode: 'open' });
    root.append(document.createElement(tag));
    const stop = loader.watch(document);
    await loader.settled();
    expect(asked()).to.equal(0);
    section.setAttribute(SHADOW_ATTRIBUTE, '');
    await isUpgraded(root.querySelector(tag)!);
    stop();
    loader.watch(root)();
  });

  it('a tag in the shadow root of a host that is defined later', async () => {
    const { tag, loader } = makePart();
    const section = await place();
    const stop = loader.watch(document);
    section.innerHTML = `<${tag}-host ${SHADOW_ATTRIBUTE}></${tag}-host>`;
    customElements.define(
      `${tag}-host`,
      class extends LitElement {
        override render(): unknown {
          const inner = document.createElement(tag);
          return html`${inner}`;
        }
      },
    );
    const host = section.firstElementChild!;
    await waitUntil(() => host.shadowRoot?.querySelector(`${tag}:defined`), 'inside');
    stop();
    loader.watch(host.shadowRoot!)();
  });

  it('a tag in a shadow root that is named by script', async () => {
    const { tag, loader } = makePart();
    const section = await place();
    const root = section.attachShadow({ mode: 'open' });
    const stop = loader.watch(root);
    expect(loader.watch(root), 'twice').to.equal(stop);
    root.append(document.createElement(tag));
    await isUpgraded(root.querySelector(tag)!);
    stop();
  });

  it('no more in a shadow root whose host is gone, until the host is back', async () => {
    const { tag, loader, asked } = makePart();
    const section = await place();
    section.innerHTML = `<main><div ${SHADOW_ATTRIBUTE}></div></main>`;
    const outer = section.querySelector('div')!;
    const inner = outer.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    inner.setAttribute(SHADOW_ATTRIBUTE, '');
    const root = inner.attachShadow({ mode: 'open' });
    const stop = loader.watch(document);
    const main = outer.parentElement!;
    // Moved within the page, it stays.
    section.append(outer);
    await new Promise((resolve) => setTimeout(resolve));
    main.append(outer);
    main.remove();
    await new Promise((resolve) => setTimeout(resolve));
    root.append(document.createElement(tag));
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked(), 'gone').to.equal(0);
    section.append(main);
    await waitUntil(() => customElements.get(tag), 'back');
    stop();
  });

  it('a tag in a shadow root that is watched by script while its host is away', async () => {
    const { tag, loader } = makePart();
    const section = await place();
    section.setAttribute(SHADOW_ATTRIBUTE, '');
    const root = section.attachShadow({ mode: 'open' });
    const stop = loader.watch(document);
    const stopRoot = loader.watch(root);
    section.remove();
    await new Promise((resolve) => setTimeout(resolve));
    root.append(document.createElement(tag));
    await waitUntil(() => customElements.get(tag), 'loaded');
    stopRoot();
    stop();
  });

  it('no more when it was stopped', async () => {
    const { tag, loader, asked } = makePart();
    loader.watch(document)();
    const section = await place();
    section.append(document.createElement(tag));
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked()).to.equal(0);
  });
});

it('what was set and listened to before the code came is kept', async () => {
  const { tag, loader } = makePart();
  const section = await place();
  const element = document.createElement(tag) as HTMLElement & { amount?: string; updateComplete: Promise<unknown> };
  let heard = 0;
  element.addEventListener('heard', () => heard++);
  element.amount = '4.60';
  section.append(element);
  const stop = loader.watch(document);
  await isUpgraded(element);
  await element.updateComplete;
  expect(element.shadowRoot?.textContent).to.equal('amount 4.60');
  element.dispatchEvent(new Event('heard'));
  expect(heard).to.equal(1);
  stop();
});

it('a tag is loaded by its name; one that there is not is refused', async () => {
  const { tag, loader } = makePart();
  await loader.load(tag);
  expect(customElements.get(tag)).not.to.equal(undefined);
  await loader.load('no-such-tag').then(
    () => expect.fail('was taken'),
    (error: unknown) => {
      expect(error).to.be.instanceOf(RangeError);
    },
  );
});

describe('code that cannot be loaded', () => {
  it('is said in its place, in the language of the place, without an unhandled rejection, and is tried again', async () => {
    const { tag, loader, asked, come } = makePart();
    const unhandled: unknown[] = [];
    const listen = (event: PromiseRejectionEvent): void => {
      unhandled.push(event.reason);
    };
    addEventListener('unhandledrejection', listen);
    come(false);
    const section = await place();
    section.innerHTML = `<div lang="de-AT"><${tag}></${tag}></div><${tag} lang="en"></${tag}>`;
    const [german, english] = section.querySelectorAll(tag);
    let stop: (() => void) | undefined;
    const said = await withoutConsole(async () => {
      stop = loader.watch(document);
      await loader.settled();
      await waitUntil(() => english?.hasAttribute(ERROR_ATTRIBUTE), 'said');
    });
    expect(said).to.have.length(1);
    // Firefox gives the text of an attribute as it is written in the style sheet.
    const shown = (element: Element): string =>
      getComputedStyle(element, '::before').content.replace(
        'attr(load-error)',
        element.getAttribute(ERROR_ATTRIBUTE) ?? '',
      );
    expect(shown(german!)).to.contain('konnte nicht geladen werden');
    expect(shown(english!)).to.contain('could not be loaded');
    const late = document.createElement(tag);
    section.append(late);
    await waitUntil(() => late.hasAttribute(ERROR_ATTRIBUTE), 'said of a later one');
    expect(asked()).to.equal(1);
    come(true);
    dispatchEvent(new Event('online'));
    await isUpgraded(german!);
    await waitUntil(() => section.querySelector(`[${ERROR_ATTRIBUTE}]`) === null, 'taken away');
    expect(asked()).to.equal(2);
    expect(unhandled).to.deep.equal([]);
    removeEventListener('unhandledrejection', listen);
    stop?.();
  });

  it('is said in the language around a shadow root', async () => {
    const { tag, loader, come } = makePart();
    come(false);
    const section = await place();
    section.lang = 'fr-CA';
    section.setAttribute(SHADOW_ATTRIBUTE, '');
    const element = section.attachShadow({ mode: 'open' }).appendChild(document.createElement(tag));
    let stop: (() => void) | undefined;
    await withoutConsole(async () => {
      stop = loader.watch(document);
      await loader.settled();
      await waitUntil(() => element.hasAttribute(ERROR_ATTRIBUTE), 'said');
    });
    expect(element.getAttribute(ERROR_ATTRIBUTE)).to.equal(missingPart.fr);
    stop?.();
    // Not tried again in the page of other tests.
    come(true);
    dispatchEvent(new Event('online'));
    await waitUntil(() => customElements.get(tag), 'loaded');
  });

  it('is tried again after a while, and rejects for those who asked for it', async () => {
    const { tag, loader, asked, come } = makePart();
    come(false);
    await withoutConsole(async () => {
      await loader.load(tag).then(
        () => expect.fail('was loaded'),
        (error: unknown) => {
          expect(error).to.be.instanceOf(TypeError);
        },
      );
    });
    come(true);
    await waitUntil(() => customElements.get(tag) !== undefined, 'there', { timeout: 5_000 });
    expect(asked()).to.equal(2);
  });
});
