#!/usr/bin/env bash
# React 19 sets neither properties nor listeners of a custom element when it hydrates what a server has rendered; rendered in the
# browser alone, it sets both. The camel-case name of a boolean is sent as an attribute, which HTML reads in lower case. So a page from
# Next seems to work, and its handlers are never called until they change. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent react@19.3.1 react-dom@19.3.1 jsdom@26.1.0
cat >check.mjs <<'JS'
import { JSDOM } from 'jsdom';
import { createElement, version } from 'react';
import { renderToString } from 'react-dom/server';

const { window } = new JSDOM('<!doctype html><main id="rendered"></main><main id="hydrated"></main>');
Object.defineProperties(globalThis, {
  window: { value: window },
  document: { value: window.document },
  navigator: { value: window.navigator, configurable: true },
});
class Till extends window.HTMLElement {
  isOpen = false;
  decide = undefined;
}
window.customElements.define('my-till', Till);
const { createRoot, hydrateRoot } = await import('react-dom/client');

const seen = {};
for (const name of ['rendered', 'hydrated']) {
  let heard = 0;
  const app = createElement('my-till', { isOpen: true, decide: () => 'yes', 'onmy-sale': () => heard++ });
  const main = window.document.getElementById(name);
  if (name === 'rendered') createRoot(main).render(app);
  else {
    main.innerHTML = renderToString(app);
    hydrateRoot(main, app);
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const till = main.firstElementChild;
  till.dispatchEvent(new window.CustomEvent('my-sale'));
  seen[name] = { isOpen: till.isOpen, decide: typeof till.decide, heard, html: till.outerHTML };
}
console.log('React', version, JSON.stringify(seen, undefined, 2));
const { rendered, hydrated } = seen;
const isSo =
  rendered.isOpen && rendered.decide === 'function' && rendered.heard === 1 &&
  !hydrated.isOpen && hydrated.decide === 'undefined' && hydrated.heard === 0 && /isopen=""/.test(hydrated.html);
process.exit(isSo ? 0 : 1);
JS
node check.mjs
