/**
 * Asks a host through a hook of the page, and reads whatever it answers: a value or a promise, of a boolean or a decision.
 */
import { detailed } from '../connection/error-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { readDecision } from './read-decision.js';
import type { HostAnswer } from './state.js';
import type { Authorize, AuthorizeRequest, Flow } from './contract.js';

/** Asks once. `elsewhere` comes at once; every other answer in a later task, also that of a hook that answers at once. */
export function askHost(
  authorize: Authorize,
  request: AuthorizeRequest,
  flow: Flow,
  answered: (answer: HostAnswer) => void,
): void {
  let asked: ReturnType<Authorize>;
  try {
    asked = authorize(request);
  } catch (cause) {
    asked = Promise.reject(cause instanceof Error ? cause : new Error(String(cause)));
  }
  if (asked === undefined || asked === null) return answered({ step: 'elsewhere' });
  Promise.resolve(asked).then(
    (answer: unknown) => {
      const decision = readDecision(answer, request, flow);
      answered(decision ? { step: 'decided', decision } : unclear());
    },
    (cause: unknown) => {
      answered({ step: 'undecided', why: 'host-failed', error: new ReaderError('authorize-failed', { cause }) });
    },
  );
}

const unclear = (): HostAnswer => ({
  step: 'undecided',
  why: 'host-unclear',
  error: new ReaderError('authorize-failed', detailed('host-unclear')),
});
