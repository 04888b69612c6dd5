/**
 * The beginning of the heads of demo pages, written once; a page that says its own character set has a head of its own.
 * @returns {import('vite').Plugin}
 */
export function demoHeadPlugin() {
  return {
    name: 'magtek-demo-head',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        /<meta charset/.test(html)
          ? []
          : [
              { tag: 'meta', attrs: { charset: 'utf-8' } },
              { tag: 'meta', attrs: { name: 'viewport', content: 'width=device-width, initial-scale=1' } },
              { tag: 'meta', attrs: { name: 'color-scheme', content: 'light dark' } },
              { tag: 'link', attrs: { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' } },
              { tag: 'link', attrs: { rel: 'stylesheet', href: '/shared/page.css' } },
            ].map((tag) => ({ ...tag, injectTo: /** @type {const} */ ('head-prepend') })),
    },
  };
}
