/**
 * Everything that helps to find out what is wrong with a reader, as one JSON document, with nothing secret in it.
 * It does not know the page: what it says of its environment is handed in.
 */
import { commands } from '../../mms/commands/index.js';
import { toHex } from '../../mms/hex.js';
import { readProperties } from '../../mms/oid.js';
import { redact, redactText } from '../../mms/redact.js';
import { propertyNames } from '../../mms/tables/property-names.js';
import { isOpen } from '../../connection/connection-state.js';
import type { ReaderError } from '../../connection/reader-error.js';
import type { JournalLine } from '../../journal/journal-entry.js';
import { journalLineSchema } from '../../journal/journal-schema.js';
import type { ReaderClient } from '../reader-client.js';

/** What is asked of a connected reader: serial number, firmware, key and device states [S, PJ, DP 2.3.1]. */
const ASKED = ['2.2.1.1.1.1', '2.1.2.1.1.2', '2.1.2.2.2.2', '2.1.2.5.3.1', '2.3.1.1.1.1', '2.3.1.1.1.2', '1.2.7.1.2.1'];

export interface SupportBundle {
  readonly format: 'magtek-elements support bundle';
  readonly version: 1;
  /** When it was made, ISO 8601. */
  readonly made: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | number | boolean>>;
  readonly connection: { readonly state: string; readonly error?: { readonly code: string; readonly text: string } };
  readonly device: readonly DeviceFact[];
  readonly journal: readonly JournalLine[];
}

export interface DeviceFact {
  readonly oid: string;
  readonly name: string;
  /** Redacted, upper-case hexadecimal; absent where the reader did not give it. */
  readonly value?: string;
  readonly problem?: string;
}

/** JSON Schema (draft 7) of a {@link SupportBundle}. */
export const supportBundleSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'magtek-elements support bundle',
  type: 'object',
  required: ['format', 'version', 'made', 'versions', 'environment', 'connection', 'device', 'journal'],
  additionalProperties: false,
  properties: {
    format: { const: 'magtek-elements support bundle' },
    version: { const: 1 },
    made: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' },
    versions: { type: 'object', additionalProperties: { type: 'string' } },
    environment: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    connection: {
      type: 'object',
      required: ['state'],
      additionalProperties: false,
      properties: {
        state: { type: 'string' },
        error: {
          type: 'object',
          required: ['code', 'text'],
          additionalProperties: false,
          properties: { code: { type: 'string' }, text: { type: 'string' } },
        },
      },
    },
    device: {
      type: 'array',
      items: {
        type: 'object',
        required: ['oid', 'name'],
        additionalProperties: false,
        properties: {
          oid: { type: 'string', pattern: '^[0-9A-F]+(\\.[0-9A-F]+)+$' },
          name: { type: 'string' },
          value: { type: 'string', pattern: '^([0-9A-F]{2})*$' },
          problem: { type: 'string' },
        },
      },
    },
    journal: { type: 'array', items: journalLineSchema },
  },
} as const;

export interface SupportBundleOptions {
  readonly client: Pick<ReaderClient, 'journal' | 'snapshot' | 'state' | 'request'>;
  readonly versions: SupportBundle['versions'];
  readonly environment: SupportBundle['environment'];
  /** See {@link SupportBundle.made}. */
  readonly made: string;
}

/** Asks the reader, where it is connected, and puts everything together. Never rejects: what fails is said in the bundle. */
export async function makeSupportBundle({
  client,
  versions,
  environment,
  made,
}: SupportBundleOptions): Promise<SupportBundle> {
  const device: DeviceFact[] = [];
  for (const oid of ASKED) {
    if (!isOpen(client.state)) break;
    try {
      device.push(await ask(client, oid));
    } catch (error) {
      const { code, message } = error as ReaderError;
      device.push({ oid, name: nameOf(oid), problem: redactText(message) });
      // Another reader may come back on this client: what it says is not this one's.
      if (code === 'connection-lost') break;
    }
  }
  const { state, error } = client.snapshot;
  const text = error && { code: error.code, text: redactText(error.message) };
  return {
    format: 'magtek-elements support bundle',
    version: 1,
    made,
    versions,
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, typeof value === 'string' ? redactText(value) : value]),
    ),
    connection: { state, ...(text ? { error: text } : {}) },
    device,
    journal: client.journal.entries.map((entry) => entry.toJSON()),
  };
}

async function ask(client: SupportBundleOptions['client'], oid: string): Promise<DeviceFact> {
  const name = nameOf(oid);
  const response = await client.request(commands.getProperty({ oid }));
  if (!response.status.ok) return { oid, name, problem: response.status.text };
  const value = readProperties(redact(response).payload).find((property) => property.oid === oid)?.value;
  return value ? { oid, name, value: toHex(value) } : { oid, name, problem: 'The answer does not hold it.' };
}

const nameOf = (oid: string): string => propertyNames[oid] ?? '';
