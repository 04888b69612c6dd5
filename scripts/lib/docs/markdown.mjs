/**
 * Markdown of this project as HTML: headings that can be linked to, tables and code that scroll in a narrow window.
 * It does not know which pages there are or how they are served.
 */
import { Marked } from 'marked';

/** @param {string} text */
export const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * The anchor of a heading as GitHub makes it: letters, digits, `-` and `_` stay, spaces become `-`. A second one of the same text on
 * a page gets a number behind it.
 * @param {string} text of a heading, without markup
 */
export const anchorOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/**
 * @typedef {{
 *   html: string,
 *   title: string,
 *   anchors: string[],
 *   links: string[],
 * }} Rendered `title` is the first heading; `links` holds the targets of links and pictures as they stand in the text
 */

/**
 * @param {string} markdown
 * @returns {Rendered}
 */
export function render(markdown) {
  /** How often each anchor was taken. @type {Map<string, number>} */
  const taken = new Map();
  /** @type {string[]} */
  const anchors = [];
  /** @type {string[]} */
  const links = [];
  let title = '';
  const marked = new Marked({
    gfm: true,
    walkTokens: (token) => {
      if (token.type === 'link' || token.type === 'image') links.push(token.href);
    },
    renderer: {
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens, this.parser.textRenderer);
        const slug = anchorOf(unescape(text));
        const count = taken.get(slug) ?? 0;
        taken.set(slug, count + 1);
        const anchor = count === 0 ? slug : `${slug}-${count}`;
        anchors.push(anchor);
        title ||= unescape(text);
        return `<h${depth} id="${escapeHtml(anchor)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      code({ text, lang }) {
        return `<pre tabindex="0" data-language="${escapeHtml(lang?.split(' ')[0] ?? '')}"><code>${escapeHtml(text)}</code></pre>\n`;
      },
    },
  });
  const html = /** @type {string} */ (marked.parse(markdown, { async: false })).replace(
    /<table>.*?<\/table>/gs,
    (table) => `<div class="wide" role="group" aria-label="Table" tabindex="0">${table}</div>`,
  );
  return { html, title, anchors, links };
}

/** @param {string} text as the text renderer leaves it, with entities */
function unescape(text) {
  const named = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" });
  return text.replace(/&(#39|\w+);/g, (entity, /** @type {string} */ name) => named[name] ?? entity);
}
