/** The tags are no components, for the server as for the browser. */
export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  devtools: { enabled: false },
  app: { head: { title: 'A shop', htmlAttrs: { lang: 'en' }, link: [{ rel: 'icon', href: 'data:,' }] } },
  // The server takes it from NUXT_PUBLIC_READER_URL when it starts.
  runtimeConfig: { public: { readerUrl: '' } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('magtek-') } },
  typescript: { strict: true },
  vite: {
    // What differs from what the server rendered is said in full, also in production.
    define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
  },
});
