/** Detail codes that a simulated sale tells in notification 0101, and texts that it shows. */

/** Texts of the reader's own list [SDK]. */
export const TEXTS = {
  read: 'CARD READ OK - REMOVE CARD',
  processing: 'PROCESSING',
  timeout: 'TIMEOUT',
  authorizing: 'AUTHORIZING PLEASE WAIT',
  cardError: 'CARD ERROR',
  useStripe: 'USE MAGSTRIPE',
  oneCard: 'PRESENT ONE CARD ONLY',
  typeCard: 'ENTER CARD NUMBER',
  approved: 'APPROVED',
  declined: 'DECLINED',
} as const;

/** Details without their first byte, which is the technology of the card [DP 0101, PJ]. */
export const INSERTED = '010200';
export const REMOVED = '010300';
export const DETECTED = '010400';
export const SWIPED = '010100';
export const TYPED = '010100';
export const ARQC = '080202';
export const BATCH = '080302';

/** Whole details [DP 0101, PJ]. */
export const UID = '20080402';
export const TAG_REMOVED = '20010300';
export const COLLISION = '20010500';
export const BARCODE_READ = '30010100';
export const BARCODE_DATA = '30080002';
export const tagDetected = { 'type-2': '20010401', 'mifare-1k': '20010402', 'mifare-4k': '20010403' } as const;
