/** Starts the page: registers the elements, and gives the shop’s readers to Vue. */
import 'magtek-elements';
import 'magtek-elements/elements/simulator';
import type {} from 'magtek-elements/types/vue';
import { createApp } from 'vue';
import '../../shared/counters/counters.css';
import { loadCounters } from '../../shared/counters/counters';
import App from './App.vue';

createApp(App, { settings: await loadCounters() }).mount('#root');
