/**
 * Meanings of the values of properties, by identifier: words for numbers, names of bits, units and limits, when they take effect
 * (sources in `property-names.ts`, others beside the line). What no source explains is
 * absent: such a value is bytes.
 */

/** A number of one byte. */
export interface NumberValues {
  readonly least: number;
  readonly most: number;
  readonly unit?: 'percent' | 'seconds';
  /** Numbers that mean something else. */
  readonly words?: Readonly<Record<number, string>>;
}

/** What is published of the values of one property. */
export interface PropertyValues {
  /** Words for values in hexadecimal. Others may exist. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly number?: NumberValues;
  /** Names of the bits of the first byte, lowest first. */
  readonly flags?: readonly string[];
  /** Takes effect when the reader has restarted. */
  readonly afterRestart?: true;
  /** Command D111 cannot set it: that needs the secured command. */
  readonly secured?: true;
}

const OFF_ON = { '00': 'off', '01': 'on' } as const;
const PERCENT = { least: 0, most: 100, unit: 'percent' } as const;

export const propertyValues: Readonly<Record<string, PropertyValues>> = {
  '1.1.1.1.2.1': { choices: OFF_ON },
  '1.1.1.1.2.4': { choices: { '01': 'surcharge instead of tax' } },
  '1.2.1.1.1.1': { choices: OFF_ON },
  '1.2.1.1.1.2': { choices: { '00': 'disabled', '03': 'enabled' } },
  '1.2.2.1.1.3': { choices: { '00': 'PSK', '01': 'EAP-PEAP' } },
  '1.2.2.1.1.5': { choices: { '00000000': 'static', '00000001': 'DHCP' } },
  '1.2.2.1.1.A': { number: { least: 0, most: 255 } },
  '1.2.2.1.1.11': { choices: { '00': 'MQTT', '02': 'WebSocket server' } },
  '1.2.2.2.1.2': { choices: { '00': 'HID', '01': 'iAP', '02': 'automatic iAP' } },
  '1.2.3.1.2.1': {
    choices: {
      '00': 'stripe reader at the top',
      '01': 'stripe reader at the right',
      '02': 'stripe reader at the left',
      '03': 'stripe reader at the bottom',
    },
  },
  '1.2.3.2.1.1': { number: PERCENT },
  '1.2.5.2.1.1': { choices: { '00': 'unlocked', '01': 'locked' }, secured: true },
  // DP 1.2.7
  '1.2.7.1.1.1': {
    number: { least: 0, most: 255, unit: 'seconds', words: { 0: 'never', 255: 'once' } },
    afterRestart: true,
  },
  // PJ, MG p235; touch release D
  '1.2.7.1.2.1': {
    flags: [
      'contactless presented',
      'contactless removed',
      'card inserted',
      'card removed',
      'card swiped',
      'touch pressed',
      'touch released',
      'barcode read',
    ],
    afterRestart: true,
  },
  '2.3.1.2.1.4': { number: PERCENT },
};
