/** Starts the page: registers the elements, and gives the shop’s readers to Svelte. */
import 'magtek-elements';
import 'magtek-elements/elements/simulator';
import type {} from 'magtek-elements/types/svelte';
import { mount } from 'svelte';
import '../../shared/counters/counters.css';
import { loadCounters } from '../../shared/counters/counters';
import App from './App.svelte';

const target = document.getElementById('root');
if (!target) throw new Error('The page has no #root.');
mount(App, { target, props: { settings: await loadCounters() } });
