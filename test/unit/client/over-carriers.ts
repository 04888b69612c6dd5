/**
 * One description of behaviours, run over every carrier: what a client does must not depend on how its bytes travel.
 *
 * Tests of the client that need no carrier stay without one:
 * - pure parts that nothing is sent by: backoff, the table of states, `decideOutcome`, the emitter, the journal and its
 *   file, the parser of scripts, the words of errors;
 * - `transitions` and `diagnosis`: failures that a carrier cannot make at will, such as an address that may not be used, a
 *   browser that forbids, a connection that ends within the task that opened it. `test/unit/transports` makes them one by one;
 * - `session`: thousands of random runs, in which each message can be lost, doubled, held or broken in memory. `test/system/e2e`
 *   breaks messages on the wire;
 * - `endurance`, which is about real sockets only.
 */
import { afterEach, describe, test } from 'vitest';
import type { Carrier } from '../../support/carrier.js';
import { carriers } from '../../support/carriers.js';
import { ScriptedReader } from '../../support/scripted-reader.js';

/** What tests get: another reader behind the carrier at each call, which is gone after the test. */
export type MakeReader = () => Promise<ScriptedReader>;

export function overEveryCarrier(tests: (make: MakeReader, carrier: Carrier) => void): void {
  describe.each(Object.entries(carriers))('over %s:', (_, carrier) => {
    if (carrier.missing !== undefined) {
      test.skip(carrier.missing);
      return;
    }
    const readers: ScriptedReader[] = [];
    // Registered first, so that it runs after what the tests themselves clean up.
    afterEach(async () => {
      for (const reader of readers.splice(0)) await reader.close();
    });
    tests(async () => {
      const reader = await ScriptedReader.behind(carrier);
      readers.push(reader);
      return reader;
    }, carrier);
  });
}
