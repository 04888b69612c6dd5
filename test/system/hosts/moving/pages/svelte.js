/** A page of Svelte. */
import { mount } from 'svelte';
import Till from './Till.svelte';

const main = document.querySelector('main');
mount(Till, { target: main, props: { url: main.dataset.url } });
