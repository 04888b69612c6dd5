/**
 * Names of properties by identifier, behind each its sources. Apart from their forms, because what describes messages needs only the
 * names.
 */
import { oidText } from '../oid.js';
import { readRows } from './row.js';

/** Rows (`row.ts`) whose codes have a digit for each node: H is 11 in hexadecimal. */
const rows = [
  '111111 EMV terminal identification', // DP 1.1.1
  'EMV ARQC message tag list', // 1.1.1.1.1.2: DP 1.1.1
  'EMV batch data tag list', // 1.1.1.1.1.3: DP batch (name)
  'EMV reversal data tag list', // 1.1.1.1.1.4: DP batch (name)
  'ARPC receive timeout', // 1.1.1.1.1.5: MG p94 (name)
  'ARPC retry attempts', // 1.1.1.1.1.6: MG p94 (earlier reading, name)
  '21 Start of a transaction by the device', // 1.1.1.1.2.1: PJ mmsUnigateLocalStart.js
  'Tip configuration for local start', // 1.1.1.1.2.2: PJ mmsUnigateLocalStart.js
  '4 Surcharge instead of tax', // 1.1.1.1.2.4: SAMPLE
  '2213 Leading unmasked PAN characters', // 1.1.2.2.1.3: MG p9 (table of contents)
  'Trailing unmasked PAN characters', // 1.1.2.2.1.4: MG p9 (table of contents)
  'Mod-10 check digit correction of the masked PAN', // 1.1.2.2.1.5: MG p9 (table of contents)
  '611 Enables the selectable encrypted card data container FF42', // 1.1.2.6.1.1: DP ARQC
  '21111 Device-driven fallback', // 1.2.1.1.1.1: DP 1.2.1
  'Enhanced application id selection', // 1.2.1.1.1.2: PJ mmsAIDDemo.html
  '2111 WLAN SSID', // 1.2.2.1.1.1: PJ
  'WLAN password', // 1.2.2.1.1.2: PJ
  'WLAN security mode', // 1.2.2.1.1.3: PJ
  '5 WLAN address mode', // 1.2.2.1.1.5: PJ
  '8 Device name', // 1.2.2.1.1.8: PJ
  '1A Number of concurrent WebSocket connections', // 1.2.2.1.1.A: S, PJ
  '1H WLAN mode', // 1.2.2.1.1.11: PJ
  '21 MQTT broker address', // 1.2.2.1.2.1: PJ
  'MQTT port', // 1.2.2.1.2.2: PJ
  '4 MQTT subscribe topic', // 1.2.2.1.2.4: PJ
  'MQTT publish topic', // 1.2.2.1.2.5: PJ
  '7 MQTT user name', // 1.2.2.1.2.7: PJ
  'MQTT password', // 1.2.2.1.2.8: PJ
  '212 USB configuration', // 1.2.2.2.1.2: PJ
  '311 Bluetooth LE device name', // 1.2.2.3.1.1: DP 1.2.2.3
  '1C Bluetooth sleep', // 1.2.2.3.1.C: SAMPLE
  '3121 Display orientation', // 1.2.3.1.2.1: PJ
  '211 Beeper volume in percent', // 1.2.3.2.1.1: SAMPLE
  '5211 Device lock state', // 1.2.5.2.1.1: DP 1.2.5
  'Device lock state after reset', // 1.2.5.2.1.2: DP 1.2.5
  '7111 Control of the reset-occurred notification', // 1.2.7.1.1.1: DP 1.2.7
  'Acknowledge the reset-occurred notification', // 1.2.7.1.1.2: DP 1.2.7
  'Control of the reset-soon notification', // 1.2.7.1.1.3: MG p10 (table of contents)
  '(name not confirmed; belongs to the reset group)', // 1.2.7.1.1.4: MG p235 (example)
  '21 User event notification controls', // 1.2.7.1.2.1: S, PJ, MG p235
  '41 Low temperature notification level', // 1.2.7.1.4.1: MG p167
  'High temperature notification level', // 1.2.7.1.4.2: MG p167
  '212112 Boot firmware id', // PJ
  '222 Main firmware id', // 2.1.2.2.2.2: PJ
  '3B1 UnionPay kernel id', // 2.1.2.3.B.1: DP 2.1.2
  '531 WLAN module firmware id', // 2.1.2.5.3.1: PJ
  '63 WLAN IP address in use', // 2.1.2.5.6.3: PJ
  '711 Bluetooth LE module firmware id', // 2.1.2.7.1.1: PJ
  '21 (name not confirmed; belongs to the Bluetooth group)', // 2.1.2.7.2.1: DP 2.1.2
  '21111 Serial number', // 2.2.1.1.1.1: S, PJ
  'Device capabilities report', // 2.2.1.1.1.2: S, PJ
  '31111 Device key status', // 2.3.1.1.1.1: DP 2.3.1
  'Transaction key status', // 2.3.1.1.1.2: DP 2.3.1
  '211 Device operational status', // 2.3.1.2.1.1: DP 1001 (name)
  'Offline status detail', // 2.3.1.2.1.2: DP 1001 (name)
  '4 Battery level', // 2.3.1.2.1.4: SAMPLE, MG p4
];

export const propertyNames: Readonly<Record<string, string>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Array.from(/* @__PURE__ */ readRows(rows), ([code, [, name]]) => [
    oidText(Array.from(code, (node) => parseInt(node, 36))),
    name,
  ]),
);
