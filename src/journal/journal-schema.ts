/** JSON Schema of an exported journal line: apart from the journal, as it is loaded only for support bundles. */

/** JSON Schema (draft 7) of a `JournalLine`. */
export const journalLineSchema = {
  type: 'object',
  required: ['sequence', 'at', 'text'],
  additionalProperties: false,
  properties: {
    sequence: { type: 'integer', minimum: 1 },
    at: { type: 'number' },
    direction: { enum: ['to-reader', 'from-reader'] },
    message: { type: 'string', pattern: '^([0-9A-F]{2})+$' },
    masked: { type: 'boolean' },
    data: { type: 'string' },
    text: { type: 'string' },
    note: { type: 'string' },
    answers: { type: 'integer', minimum: 1 },
    milliseconds: { type: 'number', minimum: 0 },
    error: {
      type: 'object',
      required: ['code', 'detail'],
      additionalProperties: false,
      properties: { code: { type: 'string' }, detail: { type: 'string' } },
    },
  },
} as const;
