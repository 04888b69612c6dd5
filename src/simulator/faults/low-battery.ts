/** A battery that is almost empty: the card readers are off at 5 percent or less [MG p235]. */
import type { Fault } from './fault.js';

const EMPTY_PERCENT = 5;
const FULL_PERCENT = 100;

/** Device state: battery at 5 percent or less [PJ]. */
const BATTERY_TOO_LOW = '020316';

/** Commands that need the card readers, the keypad or the scanner [D]. */
const needsPower: ReadonlySet<number> = new Set([0x1001, 0x1801, 0x1804, 0x2001, 0x2002]);

export const lowBattery: Fault = {
  title: 'Low battery',
  help: 'The reader warns of 5 percent and refuses to read cards.',
  begin: (target) => {
    target.setBattery(EMPTY_PERCENT);
    // The last byte is the percentage [DP 1001].
    target.announce(0x1001, '00020005');
  },
  end: (target) => {
    target.setBattery(FULL_PERCENT);
    target.announce(0x1001, '00020200');
  },
  fateOf: ({ id }) => (needsPower.has(id) ? { refused: BATTERY_TOO_LOW } : undefined),
};
