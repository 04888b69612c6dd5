/** Lets a reader element go on with the reader that was chosen, and asks that one for the details that nobody publishes. */
import type { MagtekReader } from '../reader/reader.js';
import type { DetailColumns } from './detail-columns.js';
import type { FleetList } from './fleet-list.js';

/** Where the reader is found: as the fleet has it. */
export type ChosenReader = Pick<MagtekReader, 'url' | 'credentials' | 'topics' | 'allowInsecure' | 'device'>;

interface Known {
  readonly list: FleetList;
  readonly details: DetailColumns;
}

/** @returns Whether the list has something new. What goes wrong shows at the element. */
export async function useReader(element: MagtekReader, chosen: ChosenReader, known: Known): Promise<boolean> {
  Object.assign(element, { transport: 'mqtt', ...chosen });
  await element.updateComplete;
  try {
    await element.connect();
    return await askWhatNobodyTells(element, chosen.device, known);
  } catch {
    return false;
  }
}

/** Columns of details for a reader without a bridge. */
async function askWhatNobodyTells(element: MagtekReader, device: string, { list, details }: Known): Promise<boolean> {
  const { askReader } = details;
  const { client } = element;
  if (!askReader || !client || list.at(device)?.details) return false;
  const found = await askReader((request) => client.request(request));
  const isStillIt = element.device === device && !list.at(device)?.details;
  return isStillIt && list.describe(device, { ...found, lastSeen: Date.now() });
}
