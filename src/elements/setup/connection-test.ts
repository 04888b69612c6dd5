/**
 * The test of a connection, step by step: each step is done, fails with the error that says what to do, or is not reached.
 * It does not know how the steps are shown.
 */
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';

const testSteps = ['address', 'permission', 'connection', 'answer', 'clients'] as const;
export type TestStep = (typeof testSteps)[number];

export interface StepState {
  readonly step: TestStep;
  readonly state: 'running' | 'done' | 'failed';
  /** What was found: the host, the serial number, the number of clients; empty where there is nothing to say. */
  readonly found: string;
  readonly error?: ReaderError;
}

/** Tests until a step fails. `report` is called when a step begins and when it ends. */
export async function testConnection(client: ReaderClient, report: (state: StepState) => void): Promise<void> {
  const { destination } = client;
  client.disconnect();
  const opening = client.connect().then(
    () => undefined,
    (error: unknown) => error as ReaderError,
  );
  /** What went wrong with the opening, where it belongs to a step. */
  const opened = async (isOfStep: (error: ReaderError) => boolean): Promise<string> => {
    const error = await opening;
    if (error && isOfStep(error)) throw error;
    return '';
  };
  const steps: Readonly<Record<TestStep, () => Promise<string>>> = {
    address: () => (destination ? Promise.resolve(new URL(destination.url).host) : opened(isOfAddress)),
    permission: () => opened(isOfPermission),
    connection: async () => {
      await opened(() => true);
      return destination?.url.startsWith('wss:') ? 'TLS' : '';
    },
    answer: async () => (await client.getDeviceInfo()).serialNumber,
    clients: async () => String((await client.getDeviceInfo()).connectionLimit ?? ''),
  };
  for (const step of testSteps) {
    report({ step, state: 'running', found: '' });
    try {
      report({ step, state: 'done', found: await steps[step]() });
    } catch (cause) {
      const error = cause instanceof ReaderError ? cause : new ReaderError('unreachable', { cause });
      report({ step, state: 'failed', found: '', error });
      return;
    }
  }
}

const isOfAddress = ({ code }: ReaderError): boolean => code === 'bad-url';

const isOfPermission = ({ code, because }: ReaderError): boolean =>
  code.startsWith('permission-') || because?.code === 'question-closed' || code === 'not-chosen';
