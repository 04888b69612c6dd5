/**
 * Properties by identifier: name, type, length in bytes, 1 where the value is a secret; behind each its sources. What is empty or
 * absent is not confirmed.
 */
type Row = readonly [name: string, type?: string, length?: string, secret?: 1];

export const propertyTable: Readonly<Record<string, Row>> = {
  '1.1.1.1.1.1': ['EMV terminal identification', 'alphanumeric', '8'], // DP 1.1.1
  '1.1.1.1.1.2': ['EMV ARQC message tag list', 'binary', '0..255'], // DP 1.1.1
  '1.1.1.1.1.3': ['EMV batch data tag list'], // DP batch (name)
  '1.1.1.1.1.4': ['EMV reversal data tag list'], // DP batch (name)
  '1.1.1.1.1.5': ['ARPC receive timeout'], // MG p94 (name)
  '1.1.1.1.1.6': ['ARPC retry attempts'], // MG p94 (earlier reading, name)
  '1.1.1.1.2.1': ['Start of a transaction by the device', 'binary', '1'], // PJ mmsUnigateLocalStart.js
  '1.1.1.1.2.2': ['Tip configuration for local start', 'binary', '31'], // PJ mmsUnigateLocalStart.js
  '1.1.2.2.1.3': ['Leading unmasked PAN characters'], // MG p9 (table of contents)
  '1.1.2.2.1.4': ['Trailing unmasked PAN characters'], // MG p9 (table of contents)
  '1.1.2.2.1.5': ['Mod-10 check digit correction of the masked PAN'], // MG p9 (table of contents)
  '1.1.2.6.1.1': ['Enables the selectable encrypted card data container FF42'], // DP ARQC
  '1.2.1.1.1.1': ['Device-driven fallback', 'binary', '1'], // DP 1.2.1
  '1.2.1.1.1.2': ['Enhanced application id selection', 'binary', '1'], // PJ mmsAIDDemo.html
  '1.2.2.1.1.1': ['WLAN SSID', 'text', '32'], // PJ
  '1.2.2.1.1.2': ['WLAN password', 'text', '63', 1], // PJ
  '1.2.2.1.1.3': ['WLAN security mode', 'binary', '1'], // PJ
  '1.2.2.1.1.5': ['WLAN address mode', 'binary', '4'], // PJ
  '1.2.2.1.1.8': ['Device name', 'text'], // PJ
  '1.2.2.1.1.A': ['Number of concurrent WebSocket connections', 'binary', '1'], // S, PJ
  '1.2.2.1.1.11': ['WLAN mode', 'binary', '1'], // PJ
  '1.2.2.1.2.1': ['MQTT broker address', 'text', '64'], // PJ
  '1.2.2.1.2.2': ['MQTT port', 'number'], // PJ
  '1.2.2.1.2.4': ['MQTT subscribe topic', 'text', '224'], // PJ
  '1.2.2.1.2.5': ['MQTT publish topic', 'text', '224'], // PJ
  '1.2.2.1.2.7': ['MQTT user name', 'text', '32'], // PJ
  '1.2.2.1.2.8': ['MQTT password', 'text', '32', 1], // PJ
  '1.2.2.2.1.2': ['USB configuration', 'binary', '1'], // PJ
  '1.2.2.3.1.1': ['Bluetooth LE device name', 'text', '0..20'], // DP 1.2.2.3
  '1.2.3.1.2.1': ['Display orientation', 'binary', '1'], // PJ
  '1.2.5.2.1.1': ['Device lock state', 'binary', '1'], // DP 1.2.5
  '1.2.5.2.1.2': ['Device lock state after reset', 'binary'], // DP 1.2.5
  '1.2.7.1.1.1': ['Control of the reset-occurred notification', 'binary', '1'], // DP 1.2.7
  '1.2.7.1.1.2': ['Acknowledge the reset-occurred notification'], // DP 1.2.7
  '1.2.7.1.1.3': ['Control of the reset-soon notification'], // MG p10 (table of contents)
  '1.2.7.1.1.4': ['(name not confirmed; belongs to the reset group)', 'binary', '2'], // MG p235 (example)
  '1.2.7.1.2.1': ['User event notification controls', 'bit mask', '4'], // S, PJ, MG p235
  '1.2.7.1.4.1': ['Low temperature notification level'], // MG p167
  '1.2.7.1.4.2': ['High temperature notification level'], // MG p167
  '2.1.2.1.1.2': ['Boot firmware id', 'text'], // PJ
  '2.1.2.2.2.2': ['Main firmware id', 'text'], // PJ
  '2.1.2.5.3.1': ['WLAN module firmware id', 'text'], // PJ
  '2.1.2.5.6.3': ['WLAN IP address in use', 'ipv4', '4'], // PJ
  '2.1.2.7.1.1': ['Bluetooth LE module firmware id', 'text'], // PJ
  '2.2.1.1.1.1': ['Serial number', 'binary'], // S, PJ
  '2.2.1.1.1.2': ['Device capabilities report', 'unknown'], // S, PJ
  '2.3.1.1.1.1': ['Device key status', 'bit mask', '4'], // DP 2.3.1
  '2.3.1.1.1.2': ['Transaction key status', 'bit mask', '4'], // DP 2.3.1
  '2.3.1.2.1.1': ['Device operational status'], // DP 1001 (name)
  '2.3.1.2.1.2': ['Offline status detail'], // DP 1001 (name)
};

export interface PropertyInfo {
  readonly name: string;
  /** Empty where it is not confirmed. */
  readonly type: string;
  /** Bytes of the value, or their range; empty where it is not confirmed. */
  readonly length: string;
  /** The value must never be shown. */
  readonly secret: boolean;
}

/** What is known of a property; undefined for identifiers that no source names. */
export function propertyInfo(oid: string): PropertyInfo | undefined {
  const row = propertyTable[oid];
  if (!row) return undefined;
  const [name, type = '', length = '', secret] = row;
  return { name, type, length, secret: secret === 1 };
}
