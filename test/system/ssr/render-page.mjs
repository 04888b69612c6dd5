/**
 * Renders tags on a server: a plain Node process with the built package and the server renderer of Lit. Prints JSON with the HTML
 * and the names of the globals that the package has added.
 *
 *     node test/system/ssr/render-page.mjs '<magtek-reader simulated><magtek-log></magtek-log></magtek-reader>'
 *
 * It does not know which tags there are.
 */
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, unsafeStatic } from 'lit/static-html.js';

const before = new Set(Reflect.ownKeys(globalThis));
await import('magtek-elements');
await import('magtek-elements/elements/simulator');
await import('magtek-elements/elements/setup');
await import('magtek-elements/elements/receipt');
await import('magtek-elements/elements/updater');
const text = await collectResult(render(html`${unsafeStatic(process.argv[2] ?? '')}`));
const globals = Reflect.ownKeys(globalThis)
  .filter((key) => !before.has(key))
  .map(String);
console.log(JSON.stringify({ text, globals }));
