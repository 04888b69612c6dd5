/**
 * A page of the documentation as an HTML document that needs nothing besides itself, for a place where it is alone: the package,
 * where the errors of a running page link to. It does not know what the page says.
 */
import { readFileSync } from 'node:fs';
import { escapeHtml, render } from './markdown.mjs';

const style = readFileSync(new URL('standalone.css', import.meta.url), 'utf8');

/**
 * @param {string} markdown
 */
export function standalone(markdown) {
  const { html, title } = render(markdown);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)} – magtek-elements</title>
    <style>
${style}
    </style>
  </head>
  <body>
    <main>
${html}
    </main>
  </body>
</html>
`;
}
