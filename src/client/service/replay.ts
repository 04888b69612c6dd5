/**
 * Plays a recorded journal again: its requests are sent in order, with the pauses that were between them, and the answers
 * compared. Meant for simulated readers: a real one would carry out every command again.
 * It does not know how the outcome is shown.
 */
import { inTurn } from '../../device/reader-guard.js';
import { describe } from '../../mms/describe.js';
import { withReference } from '../../mms/encode.js';
import { toHex } from '../../mms/hex.js';
import type { MmsRequest, MmsResponse } from '../../mms/message.js';
import { redact } from '../../mms/redact.js';
import type { JournalEntry } from '../../journal/journal-entry.js';
import type { ReaderClient } from '../reader-client.js';

/** A request of a recorded journal, with its answer. */
export interface RecordedRequest {
  readonly sequence: number;
  readonly at: number;
  readonly request: MmsRequest;
  readonly answer: MmsResponse | undefined;
  /** Something in it was masked when it was recorded: it cannot be sent as it was. */
  readonly isMasked: boolean;
}

export interface ReplayResult {
  readonly sequence: number;
  /** `skipped` for requests with masked values, `unanswered` where the recording has no answer to compare with. */
  readonly outcome: 'same' | 'different' | 'unanswered' | 'failed' | 'skipped';
  readonly text: string;
}

export interface ReplayOptions {
  readonly client: Pick<ReaderClient, 'request' | 'subscribe'>;
  readonly requests: readonly RecordedRequest[];
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onResult: (result: ReplayResult) => void;
}

/** Longest pause between two requests, in milliseconds: nobody waits through a lunch break. */
const LONGEST_PAUSE = 2000;

/** What masked bytes become. In a log that does not say what was masked, any of these may be one. */
const MASK = 0x2a;
/** Bytes before the payload: start, version, tag 81 with the reference number, which is not masked. */
const HEADER = 8;

/** The requests of a journal, in order. */
export function recordedRequests(entries: Iterable<JournalEntry>): readonly RecordedRequest[] {
  const all = [...entries];
  const answers = new Map(all.map((entry) => [entry.answers, entry]));
  return all.flatMap(({ sequence, at, direction, message: request, isMasked: known }) => {
    if (request?.kind !== 'request' || direction !== 'to-reader') return [];
    const answer = answers.get(sequence)?.message;
    const isMasked = known ?? request.bytes.includes(MASK, HEADER);
    return [{ sequence, at, request, answer: answer?.kind === 'response' ? answer : undefined, isMasked }];
  });
}

/** Resolves when all requests have been played, another reader is there, or the signal is aborted. Never rejects. */
export async function replay({ requests, wait, ...options }: ReplayOptions): Promise<void> {
  const { client, signal } = options;
  let before: number | undefined;
  await inTurn<RecordedRequest, ReplayResult>(
    requests,
    options,
    async (recorded, guard) => {
      const { at, sequence } = recorded;
      await wait(Math.min(Math.max(at - (before ?? at), 0), LONGEST_PAUSE), signal);
      before = at;
      if (requests.length > 1) await guard();
      return { sequence, ...(await play(recorded, client, signal)) };
    },
    ({ sequence }, text) => ({ sequence, outcome: 'failed', text }),
  );
}

async function play(
  { request, answer, isMasked }: RecordedRequest,
  client: Pick<ReaderClient, 'request'>,
  signal: AbortSignal,
): Promise<Omit<ReplayResult, 'sequence'>> {
  if (isMasked) return { outcome: 'skipped', text: `${describe(request)}: masked values cannot be sent` };
  const response = await client.request(request, { signal });
  const text = describe(response);
  if (!answer) return { outcome: 'unanswered', text };
  return saysTheSame(response, answer)
    ? { outcome: 'same', text }
    : { outcome: 'different', text: `${text}; recorded: ${describe(answer)}` };
}

/** Whether two answers are the same in all but their reference numbers. What the log has masked is masked in both. */
function saysTheSame(response: MmsResponse, recorded: MmsResponse): boolean {
  const [now, then] = [redact(response), redact(recorded)].map((answer) => toHex(withReference(answer, 0).bytes));
  return now === then;
}
