/** Starts the page: registers the elements, and gives the shop’s readers to Angular. */
import { bootstrapApplication } from '@angular/platform-browser';
import 'magtek-elements';
import 'magtek-elements/elements/simulator';
import { loadCounters } from '../../shared/counters/counters';
import { App } from './app';
import { SETTINGS } from './settings';

const settings = await loadCounters();
await bootstrapApplication(App, { providers: [{ provide: SETTINGS, useValue: settings }] });
