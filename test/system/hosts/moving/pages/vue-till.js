/** The till as a component of Vue: rendered on a server, and in a page. */
import { defineComponent, h } from 'vue';

export const Till = defineComponent({
  name: 'Till',
  props: { url: { type: String, required: true } },
  setup: ({ url }) => {
    return () =>
      h('magtek-reader', { 'auto-connect': '', url, 'journal-size': '200' }, [
        h('magtek-status'),
        h('magtek-transaction', { amount: '4.60', currency: 'EUR' }),
        h('magtek-log'),
      ]);
  },
});
