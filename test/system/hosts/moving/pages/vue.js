/** A page of Vue: views are kept alive, fade out while the next one fades in, change their key, and are taken over from a server. */
import { createApp, createSSRApp, h, KeepAlive, nextTick, ref, Transition } from 'vue';
import { Till } from './vue-till.js';

const main = document.querySelector('main');
const { url } = main.dataset;
const Other = { name: 'Other', render: () => h('p', 'Another view') };

const view = ref('till');
const at = ref(0);
const fades = ref(false);
window.host = {
  renew: (n) => {
    at.value = n;
    return nextTick();
  },
  fade: (n) => {
    fades.value = true;
    at.value = n;
    return nextTick();
  },
  hide: () => {
    view.value = 'other';
    return nextTick();
  },
  show: () => {
    view.value = 'till';
    return nextTick();
  },
};

const App = {
  setup: () => () =>
    h(Transition, { css: fades.value, name: 'fade' }, () =>
      h(KeepAlive, { max: 2 }, () => (view.value === 'till' ? h(Till, { key: at.value, url }) : h(Other))),
    ),
};

if (main.firstElementChild) createSSRApp(Till, { url }).mount(main);
else createApp(App).mount(main);
