/**
 * Names of properties by identifier, behind each its sources. Apart from their forms, because what describes messages needs only the
 * names.
 */
export const propertyNames: Readonly<Record<string, string>> = {
  '1.1.1.1.1.1': 'EMV terminal identification', // DP 1.1.1
  '1.1.1.1.1.2': 'EMV ARQC message tag list', // DP 1.1.1
  '1.1.1.1.1.3': 'EMV batch data tag list', // DP batch (name)
  '1.1.1.1.1.4': 'EMV reversal data tag list', // DP batch (name)
  '1.1.1.1.1.5': 'ARPC receive timeout', // MG p94 (name)
  '1.1.1.1.1.6': 'ARPC retry attempts', // MG p94 (earlier reading, name)
  '1.1.1.1.2.1': 'Start of a transaction by the device', // PJ mmsUnigateLocalStart.js
  '1.1.1.1.2.2': 'Tip configuration for local start', // PJ mmsUnigateLocalStart.js
  '1.1.1.1.2.4': 'Surcharge instead of tax', // SAMPLE
  '1.1.2.2.1.3': 'Leading unmasked PAN characters', // MG p9 (table of contents)
  '1.1.2.2.1.4': 'Trailing unmasked PAN characters', // MG p9 (table of contents)
  '1.1.2.2.1.5': 'Mod-10 check digit correction of the masked PAN', // MG p9 (table of contents)
  '1.1.2.6.1.1': 'Enables the selectable encrypted card data container FF42', // DP ARQC
  '1.2.1.1.1.1': 'Device-driven fallback', // DP 1.2.1
  '1.2.1.1.1.2': 'Enhanced application id selection', // PJ mmsAIDDemo.html
  '1.2.2.1.1.1': 'WLAN SSID', // PJ
  '1.2.2.1.1.2': 'WLAN password', // PJ
  '1.2.2.1.1.3': 'WLAN security mode', // PJ
  '1.2.2.1.1.5': 'WLAN address mode', // PJ
  '1.2.2.1.1.8': 'Device name', // PJ
  '1.2.2.1.1.A': 'Number of concurrent WebSocket connections', // S, PJ
  '1.2.2.1.1.11': 'WLAN mode', // PJ
  '1.2.2.1.2.1': 'MQTT broker address', // PJ
  '1.2.2.1.2.2': 'MQTT port', // PJ
  '1.2.2.1.2.4': 'MQTT subscribe topic', // PJ
  '1.2.2.1.2.5': 'MQTT publish topic', // PJ
  '1.2.2.1.2.7': 'MQTT user name', // PJ
  '1.2.2.1.2.8': 'MQTT password', // PJ
  '1.2.2.2.1.2': 'USB configuration', // PJ
  '1.2.2.3.1.1': 'Bluetooth LE device name', // DP 1.2.2.3
  '1.2.2.3.1.C': 'Bluetooth sleep', // SAMPLE
  '1.2.3.1.2.1': 'Display orientation', // PJ
  '1.2.3.2.1.1': 'Beeper volume in percent', // SAMPLE
  '1.2.5.2.1.1': 'Device lock state', // DP 1.2.5
  '1.2.5.2.1.2': 'Device lock state after reset', // DP 1.2.5
  '1.2.7.1.1.1': 'Control of the reset-occurred notification', // DP 1.2.7
  '1.2.7.1.1.2': 'Acknowledge the reset-occurred notification', // DP 1.2.7
  '1.2.7.1.1.3': 'Control of the reset-soon notification', // MG p10 (table of contents)
  '1.2.7.1.1.4': '(name not confirmed; belongs to the reset group)', // MG p235 (example)
  '1.2.7.1.2.1': 'User event notification controls', // S, PJ, MG p235
  '1.2.7.1.4.1': 'Low temperature notification level', // MG p167
  '1.2.7.1.4.2': 'High temperature notification level', // MG p167
  '2.1.2.1.1.2': 'Boot firmware id', // PJ
  '2.1.2.2.2.2': 'Main firmware id', // PJ
  '2.1.2.3.B.1': 'UnionPay kernel id', // DP 2.1.2
  '2.1.2.5.3.1': 'WLAN module firmware id', // PJ
  '2.1.2.5.6.3': 'WLAN IP address in use', // PJ
  '2.1.2.7.1.1': 'Bluetooth LE module firmware id', // PJ
  '2.1.2.7.2.1': '(name not confirmed; belongs to the Bluetooth group)', // DP 2.1.2
  '2.2.1.1.1.1': 'Serial number', // S, PJ
  '2.2.1.1.1.2': 'Device capabilities report', // S, PJ
  '2.3.1.1.1.1': 'Device key status', // DP 2.3.1
  '2.3.1.1.1.2': 'Transaction key status', // DP 2.3.1
  '2.3.1.2.1.1': 'Device operational status', // DP 1001 (name)
  '2.3.1.2.1.2': 'Offline status detail', // DP 1001 (name)
  '2.3.1.2.1.4': 'Battery level', // SAMPLE, MG p4
};
