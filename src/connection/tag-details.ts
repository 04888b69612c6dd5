/**
 * Details of errors that only writing to tags has, and their remedies: apart from `rare-details.ts`, which more pages load. Other
 * languages have the same codes.
 */
import { addRemedies } from '../transports/transport.js';
import { detailsOf } from './error-details.js';

/** What is particular to an error, with its values in braces. */
export const tagDetails = {
  'tag-not-ndef': 'The tag is not prepared for NDEF.',
  'tag-read-only': 'The tag is locked against writing.',
  'tag-layout': 'The memory of the tag is laid out in a way that cannot be written safely.',
  'tag-too-small': 'The records need {length} bytes, and the tag has room for {most}.',
  'tag-not-confirmed': 'Writing to the tag was not confirmed.',
  'tag-gone': 'The tag was taken away before it was written.',
  'tag-cut-emptying': 'Writing to the tag ended with its first page.',
  'tag-cut-filling': 'Writing to the tag ended after {written} of {pages} pages.',
  'tag-cut-finishing': 'Writing to the tag ended with its last page.',
  'tag-differs': 'Page {page} of the tag does not hold what was written.',
  'tag-sector': 'The tag did not answer with {length} bytes for sector {sector}.',
  'tag-cut-blocks': 'Writing to sector {sector} of the tag was cut off.',
  'tag-blocks-differ': 'Sector {sector} of the tag does not hold what was written.',
} as const;

/** What to do about it. */
export const tagRemedies = {
  'tag-not-ndef': 'Nothing was written. Use a tag that is formatted for NDEF.',
  'tag-read-only': 'Nothing was written. Use another tag.',
  'tag-layout': 'Nothing was written. Use another tag.',
  'tag-too-small': 'Nothing was written. Use a larger tag, or shorter records.',
  'tag-not-confirmed': 'Nothing was written.',
  'tag-gone': 'Nothing was written. Hold the tag to the reader until the reader beeps.',
  'tag-cut-emptying':
    'The tag holds its old records or none. Hold it to the reader again and write the records once more.',
  'tag-cut-filling':
    'The tag holds no records: its length says so until all of them are there. Hold it to the reader again and write the records once more.',
  'tag-cut-finishing':
    'The tag holds the new records or none. Read it, and write the records once more where they are missing.',
  'tag-differs':
    'The tag may be protected by a password, or worn out. Read it to see what it holds, or use another one.',
  'tag-cut-blocks': 'The blocks hold the old data, the new data, or some of each. Read them.',
  'tag-blocks-differ': 'The key may not be allowed to write it. Read it to see what it holds.',
} as const satisfies Partial<Record<keyof typeof tagDetails, string>>;

const made = detailsOf(tagDetails);

/** As `detailed`, for these. */
export const tagDetailed: typeof made = (code, ...values) => {
  addRemedies(tagRemedies);
  return made(code, ...values);
};
