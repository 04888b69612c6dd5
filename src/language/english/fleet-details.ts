/** The English words of the columns of `<magtek-fleet>` that are loaded when a page names one. */
import { outcomeWords } from './common.js';

export const fleetDetailsWords = {
  ...outcomeWords,
  'fleet.firmware': 'Firmware',
  'fleet.battery': 'Battery',
  'fleet.lock': 'Lock',
  'fleet.sale-end': 'Last sale',
  'fleet.locked': 'Locked',
  'fleet.unlocked': 'Not locked',
  'fleet.end': '{outcome}, {time}',
  'fleet.outcome-unknown': 'Outcome unknown',
  'fleet.ignored.one': 'The details of {count} reader cannot be read',
  'fleet.ignored.other': 'The details of {count} readers cannot be read',
  'fleet.details-refused': 'The broker does not let this user see details of readers',
} as const;
