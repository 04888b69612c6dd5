/** The texts above the rows of a fleet, and in their place. */
import type { ReaderState } from '../../connection/connection-state.js';
import type { FleetLanguage } from './fleet-rows.js';

export interface FleetFigures {
  readonly state: ReaderState;
  /** Readers that are known, that are connected, and that are shown. */
  readonly all: number;
  readonly present: number;
  readonly shown: number;
  /** Readers that have been gone for too long, and how many minutes that is. */
  readonly gone: number;
  readonly alarmAfter: number;
  /** What was done or went wrong last. */
  readonly notices: readonly string[];
}

export function statusText(language: FleetLanguage, figures: FleetFigures): string {
  const { all, shown, gone, alarmAfter, notices } = figures;
  return [
    countText(language, figures),
    gone === 0 ? '' : language.count('fleet.gone', gone, { minutes: language.number(alarmAfter) }),
    shown < all ? language.text('fleet.shown', { count: language.number(shown) }) : '',
    ...notices,
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

function countText(language: FleetLanguage, { state, all, present }: FleetFigures): string {
  switch (state) {
    case 'idle':
      return language.text('fleet.no-broker');
    case 'connecting':
      return language.text('fleet.connecting');
    case 'reconnecting':
      return language.text('fleet.lost');
    default:
      return language.count('fleet.count', all, { present: language.number(present) });
  }
}

/** Where no row is shown. @param isBlind The broker does not name what it has kept for patterns. */
export function emptyText(language: FleetLanguage, all: number, isBlind: boolean): string {
  if (all > 0) return language.text('fleet.no-match');
  return language.text(isBlind ? 'fleet.blind' : 'fleet.no-reader');
}
