/**
 * Builds the page of a framework in `test/system/hosts/moving/pages/` as the framework's own tools do in development, where it checks
 * most; and renders the till on a server. It does not know what is done with the page.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../tools/run-tool.mjs';
import { bundle } from '../../tools/bundle.mjs';

const folder = path.join(root, 'test/system/hosts/moving');
const require = createRequire(path.join(folder, 'package.json'));

/** @param {string} name of a package of the folder, with its path */
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

/** Svelte's components, compiled for development. @returns {Promise<import('vite').Plugin>} */
async function svelteFiles() {
  const { compile } = (await load('svelte/compiler')).default;
  return {
    name: 'svelte-files',
    transform: (code, id) =>
      id.endsWith('.svelte') ? compile(code, { filename: id, generate: 'client', dev: true }).js.code : undefined,
  };
}

/** What the frameworks are asked for: the code that checks and warns. @type {import('vite').Plugin} */
const development = {
  name: 'development',
  config: () => ({
    mode: 'development',
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    resolve: { conditions: ['browser', 'development', 'module', 'import', 'default'] },
  }),
};

/**
 * @param {string} name of the framework
 * @returns {Promise<Map<string, string>>} the code of each file by its name; the entry comes first
 */
export async function buildFrameworkPage(name) {
  const entry = path.join(folder, 'pages', `${name}.js`);
  const plugins = [development, ...(name === 'svelte' ? [await svelteFiles()] : [])];
  // Before the framework renders, the tags are defined.
  const chunks = await bundle(`import 'magtek-elements';\nimport ${JSON.stringify(entry)};`, plugins);
  return new Map(chunks.map(({ name: file, code }) => [file, code]));
}

/**
 * The till as the framework renders it on a server.
 * @type {Record<string, (url: string) => Promise<string>>}
 */
export const renderedTills = {
  react: async (url) => {
    const [{ Till }, { createElement }, { renderToString }] = await Promise.all([
      import(pathToFileURL(path.join(folder, 'pages/react-till.js')).href),
      load('react'),
      load('react-dom/server'),
    ]);
    return renderToString(createElement(Till, { url }));
  },
  vue: async (url) => {
    const [{ Till }, { createSSRApp }, { renderToString }] = await Promise.all([
      import(pathToFileURL(path.join(folder, 'pages/vue-till.js')).href),
      load('vue'),
      load('vue/server-renderer'),
    ]);
    return renderToString(createSSRApp(Till, { url }));
  },
};
