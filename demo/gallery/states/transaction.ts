/** States of `magtek-transaction`: each phase, each way of presenting a card, each outcome, and what stops a sale. */
import type { Outcome } from '../../../src/transactions/outcome.js';
import type { Authorize } from '../../../src/transactions/transaction.js';
import type { Stage } from '../stage.js';
import type { GalleryState, States } from '../state.js';

const attributes = { amount: '4.60', currency: 'EUR' };

const phaseOf = ({ element }: Stage): string | undefined => element.querySelector('magtek-transaction')?.phase;

async function press(stage: Stage): Promise<void> {
  await stage.connect();
  await stage.press('[part~=pay]');
}

async function waiting(stage: Stage): Promise<void> {
  await press(stage);
  await stage.until(() => phaseOf(stage) === 'waiting-for-card');
}

async function inserted(stage: Stage): Promise<void> {
  await waiting(stage);
  stage.reader.insert('visa');
  await stage.until(() => phaseOf(stage) === 'reading');
}

/** @throws {Error} where it ends in another way. */
async function over(stage: Stage, outcome: Outcome): Promise<void> {
  await stage.until(() => phaseOf(stage) === 'done', { isMoving: true });
  const ended = stage.element.querySelector('magtek-transaction')?.outcome;
  if (ended !== outcome) throw new Error(`the sale is ${String(ended)} instead of ${outcome}`);
}

/** Cuts the connection while a card is being read. */
async function cutOff(stage: Stage): Promise<void> {
  await inserted(stage);
  stage.gate.cut();
  await over(stage, 'unknown');
}

const fullEmv = { attributes: { ...attributes, flow: 'full-emv' }, reader: { flow: 'full-emv' } } as const;

/** The host approves, the card refuses, and the host does not give the money back yet. */
async function owed(stage: Stage): Promise<void> {
  stage.element.authorize = () => Promise.resolve({ approved: true, responseCode: '00' });
  stage.element.reverse = () => Promise.resolve(false);
  stage.reader.startFault('card-refuses');
  await waiting(stage);
  stage.reader.insert('visa');
  await over(stage, 'declined');
  await stage.shown('[part~=reversal]');
}

const hostNeverAnswers: Authorize = () => new Promise(() => undefined);

const decided = (title: string, approved: boolean, message: string): GalleryState => ({
  title,
  attributes,
  reach: async (stage) => {
    stage.element.authorize = () => Promise.resolve({ approved, message });
    await inserted(stage);
    await over(stage, approved ? 'approved' : 'declined');
  },
});

export const transaction: States = {
  idle: { title: 'Before the sale', attributes, reach: (stage) => stage.connect() },
  'not-connected': { title: 'No connection', attributes },
  disabled: { title: 'Disabled', attributes: { ...attributes, disabled: '' }, reach: (stage) => stage.connect() },
  starting: {
    title: 'The reader is being asked',
    attributes,
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('mute');
      await stage.press('[part~=pay]');
    },
  },
  'waiting-for-card': { title: 'Waiting for a card', attributes, reach: waiting },
  'tap-only': { title: 'Waiting for a tap', attributes: { ...attributes, accept: 'tap' }, reach: waiting },
  selection: {
    title: 'The reader asks which application',
    attributes,
    reader: { display: false },
    reach: async (stage) => {
      await waiting(stage);
      stage.reader.insert('twoApplications');
      await stage.shown('[part~=choices]');
    },
  },
  reading: { title: 'Reading the card', attributes, reach: inserted },
  authorizing: {
    title: 'The host is being asked',
    attributes,
    reach: async (stage) => {
      stage.element.authorize = hostNeverAnswers;
      await inserted(stage);
      await stage.until(() => phaseOf(stage) === 'authorizing', { isMoving: true });
    },
  },
  'cancel-refused': {
    title: 'Too late to cancel',
    attributes,
    reach: async (stage) => {
      stage.element.authorize = hostNeverAnswers;
      await inserted(stage);
      await stage.until(() => phaseOf(stage) === 'authorizing', { isMoving: true });
      await stage.press('[part~=cancel]');
      await stage.shown('[part~=error]');
    },
  },
  approved: decided('Approved', true, 'Thank you for shopping with us.'),
  'partly-approved': {
    title: 'Approved for less',
    attributes,
    reach: async (stage) => {
      stage.element.authorize = () => Promise.resolve({ approved: true, authorizedAmount: '1.60' });
      await inserted(stage);
      await over(stage, 'approved');
    },
  },
  declined: decided('Declined', false, 'The card’s bank declined.'),
  deferred: {
    title: 'Card read, decided elsewhere',
    attributes,
    reach: async (stage) => {
      await inserted(stage);
      await over(stage, 'deferred');
    },
  },
  cancelled: {
    title: 'Cancelled',
    attributes,
    reach: async (stage) => {
      await waiting(stage);
      await stage.press('[part~=cancel]');
      await over(stage, 'cancelled');
    },
  },
  'timed-out': {
    title: 'No card came',
    attributes: { ...attributes, timeout: '1' },
    reach: async (stage) => {
      await waiting(stage);
      // The page measures the time limit by its own clock: what the reader says too early would prove nothing.
      await new Promise((resolve) => setTimeout(resolve, 1050));
      stage.clock.pass(1000);
      await over(stage, 'timed-out');
    },
  },
  failed: {
    title: 'The reader refused',
    attributes,
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('busy');
      await stage.press('[part~=pay]');
      await over(stage, 'failed');
    },
  },
  unknown: {
    title: 'Nobody here can tell',
    attributes,
    reach: cutOff,
  },
  'recovery-asked': {
    title: 'The host has no outcome yet',
    attributes,
    reach: async (stage) => {
      stage.element.inquire = () => ({ unknown: true });
      await cutOff(stage);
      await stage.press('[part~=recovery-ask]');
      await stage.until(() => stage.find('[part~=recovery-note]').textContent !== '');
    },
  },
  'recovery-failed': {
    title: 'Nobody asks the host',
    attributes,
    reach: async (stage) => {
      await cutOff(stage);
      await stage.press('[part~=recovery-ask]');
      await stage.shown('.recovery [part~=error]');
    },
  },
  'recovery-by-hand': {
    title: 'Settled by hand, without a name',
    attributes,
    reach: async (stage) => {
      await cutOff(stage);
      await stage.press('summary');
      await stage.press('[part~=recovery-paid]');
      await stage.shown('#recovery-incomplete');
    },
  },
  settled: {
    title: 'Settled by hand',
    attributes,
    reach: async (stage) => {
      await cutOff(stage);
      await stage.press('summary');
      await stage.type('[name=by]', 'Ana');
      await stage.type('[name=how]', 'The host’s portal shows it');
      await stage.press('[part~=recovery-paid]');
      await stage.shown('[part~=next]');
    },
  },
  reversal: { title: 'Money must be given back', ...fullEmv, reach: owed },
  'reversal-not-yet': {
    title: 'The host has not given it back',
    ...fullEmv,
    reach: async (stage) => {
      await owed(stage);
      await stage.press('[part~=reversal-again]');
      await stage.until(() => stage.find('[part~=reversal-note]').textContent === 'The host has not confirmed it yet.');
    },
  },
  'reversal-by-hand': {
    title: 'Given back by hand, without a name',
    ...fullEmv,
    reach: async (stage) => {
      await owed(stage);
      await stage.press('.reversal summary');
      await stage.press('[part~=reversal-given-back]');
      await stage.shown('#reversal-incomplete');
    },
  },
  'given-back': {
    title: 'It was given back',
    ...fullEmv,
    reach: async (stage) => {
      await owed(stage);
      stage.element.reverse = () => Promise.resolve(true);
      await stage.press('[part~=reversal-again]');
      await stage.shown('[part~=reversal-over]');
    },
  },
  refund: {
    title: 'A refund',
    attributes: { ...attributes, type: 'refund' },
    reach: (stage) => stage.connect(),
  },
  'bad-amount': {
    title: 'An amount that cannot be',
    attributes: { amount: '4.605', currency: 'EUR' },
    reach: async (stage) => {
      await press(stage);
      await stage.shown('[part~=error]');
    },
  },
  'long-amount': {
    title: 'A large amount in another currency',
    attributes: { amount: '123456789.000', currency: 'BHD' },
    reach: waiting,
  },
};
