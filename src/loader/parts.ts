/**
 * The code of each tag, loaded on demand. Order and number of the files come from the build.
 */
export const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  'magtek-reader': () => import('../elements/reader/define.js'),
  'magtek-status': () => import('../elements/status/define.js'),
  'magtek-transaction': () => import('../elements/transaction/define.js'),
  'magtek-display': () => import('../elements/display/define.js'),
  'magtek-card-data': () => import('../elements/card-data/define.js'),
  'magtek-device-info': () => import('../elements/device-info/define.js'),
  'magtek-signature': () => import('../elements/signature/define.js'),
  'magtek-command-panel': () => import('../elements/command-panel/define.js'),
  'magtek-log': () => import('../elements/log/define.js'),
  'magtek-fleet': () => import('../elements/fleet/define.js'),
  'magtek-receipt': () => import('../elements/receipt/define.js'),
  'magtek-setup': () => import('../elements/setup/define.js'),
  'magtek-updater': () => import('../elements/updater/define.js'),
  'magtek-simulator': () => import('../elements/simulator/define.js'),
};
