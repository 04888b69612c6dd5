/** Under which name the components find the shop’s readers. */
import { InjectionToken } from '@angular/core';
import type { CounterSettings } from '../../shared/counters/counters';

export const SETTINGS = new InjectionToken<readonly CounterSettings[]>('settings');
