/**
 * A PIN that is entered at the reader. The page gets the encrypted block for its host, never the PIN.
 * It does not know whether a PIN is right: the host does.
 */
import { commands } from '../../mms/commands/index.js';
import { readPin, type PinData } from '../../mms/views/pin.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { accepted, completed, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export interface PinOptions extends OperationOptions {
  /**
   * Digits of the account number that the PIN block is made with, an even number of them (command 2001). Without one the
   * reader asks for a card and takes the number from there (command 2002).
   */
  readonly accountNumber?: string;
  /** How the card may be presented, where there is no `accountNumber`. Default `insert tap swipe`. */
  readonly accept?: string;
  /** Seconds, 1 to 255. Default 60. */
  readonly timeout?: number;
  /** Least digits of the PIN, 4 to 12. Default 4. */
  readonly minLength?: number;
  /** Most digits of the PIN, 4 to 12. Default 8. */
  readonly maxLength?: number;
}

/** An entered PIN, as far as a page may know it. */
export interface PinEntry extends PinData {
  /**
   * Tells the reader whether the PIN was right, which ends the session: until then it takes no other command.
   * @throws {ReaderError} `rejected` where no session is open any more, and as `request`.
   */
  readonly end: (isRight: boolean) => Promise<void>;
}

const DEFAULT_TIMEOUT = 60;

/**
 * Asks for a PIN and resolves when one was entered.
 * @throws {MmsError} `bad-value` naming the option that cannot be sent, never its value.
 * @throws {ReaderError} `rejected`; `not-completed` where the reader ends without a PIN; `timeout`, `aborted`, `connection-lost`.
 */
export async function requestPin(access: ReaderAccess, options: PinOptions = {}): Promise<PinEntry> {
  refuseUnknown(options, {
    signal: true,
    accountNumber: true,
    accept: true,
    timeout: true,
    minLength: true,
    maxLength: true,
  });
  const { signal, accountNumber, accept, timeout = DEFAULT_TIMEOUT, ...lengths } = options;
  const build = (step: 'request' | 'failed' | 'successful') =>
    accountNumber === undefined
      ? commands.requestCardPin({ ...lengths, timeout, step, ...(accept === undefined ? {} : { accept }) })
      : commands.requestPin({ ...lengths, timeout, step, accountNumber });
  const notification = await completed(access, build('request'), { signal });
  // Whatever its detail code: no source explains those [PJ].
  const pin = readPin(notification);
  if (!pin) throw new ReaderError('not-completed', rareDetailed('no-pin'));
  return {
    ...pin,
    end: async (isRight) => {
      await accepted(access, build(isRight ? 'successful' : 'failed'));
    },
  };
}
