/** A page of React in StrictMode: keys change, an Activity hides and shows, and what a server rendered is taken over. */
import { Activity, createElement as h, StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { Till } from './react-till.js';

const { url } = document.querySelector('main').dataset;

function App() {
  const [{ at, mode }, change] = useState({ at: 0, mode: 'visible' });
  const set = (more) => flushSync(() => change((before) => ({ ...before, ...more })));
  window.host = {
    renew: (at) => set({ at }),
    hide: () => set({ mode: 'hidden' }),
    show: () => set({ mode: 'visible' }),
  };
  return h(Activity, { mode }, h(Till, { key: at, url }));
}

const main = document.querySelector('main');
if (main.firstElementChild) hydrateRoot(main, h(StrictMode, null, h(Till, { url })));
else createRoot(main).render(h(StrictMode, null, h(App)));
