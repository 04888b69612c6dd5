/** States of `magtek-updater`: from the choice of a file to its end, and what may go wrong. */
import type { Stage } from '../stage.js';
import type { States } from '../state.js';

type Reach = (stage: Stage) => Promise<void>;

/** A file that the simulated reader takes for main firmware [PJ]; nobody runs it. */
const firmware = (name = 'main-firmware.bin'): File => {
  const bytes = Uint8Array.from({ length: 48_200 }, (_, at) => (at * 11) & 0xff);
  bytes.set([0x4d, 0x47, 0x54, 0x4b, 0x46, 0x57, 0x31, 0x30, 0xe5, 0x06, 0x81, 0x02, 0x02, 0x00, 0x82, 0x00]);
  return new File([bytes], name);
};

/** Chooses files as a person does with the button. */
async function choose(stage: Stage, ...files: readonly File[]): Promise<void> {
  const input = stage.find('[type=file]') as HTMLInputElement;
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
  await stage.settle();
}

const asked =
  (then?: Reach): Reach =>
  async (stage) => {
    await stage.connect();
    // A stage may be left in the middle of an update.
    stage.view.addEventListener('magtek-update-complete', (event) => {
      event.preventDefault();
    });
    await choose(stage, firmware());
    await stage.shown('[part=start]');
    await then?.(stage);
  };

const inStep = (step: number): Reach => {
  const selector = `[part=steps] li:nth-child(${String(step)})[aria-current]`;
  return async (stage) => {
    await stage.press('[part=start]');
    await stage.until(() => stage.has(selector), { isMoving: step > 2, what: selector });
  };
};

const over = (stage: Stage): Promise<void> =>
  stage.until(() => stage.view.getAttribute('state') === 'done', { isMoving: true, what: 'done' });

export const updater: States = {
  idle: { title: 'No file yet', reach: (stage) => stage.connect() },
  disabled: { title: 'Disabled', attributes: { disabled: '' }, reach: (stage) => stage.connect() },
  chosen: {
    title: 'A file, and no reader',
    reach: async (stage) => {
      await stage.settle();
      await choose(stage, firmware());
      await stage.shown('[part=look]');
    },
  },
  checking: {
    title: 'The reader is looked at',
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('mute');
      await choose(stage, firmware());
      await stage.shown('[part=cancel]');
    },
  },
  confirming: { title: 'A person is asked', reach: asked() },
  loading: { title: 'The image is loaded', reach: asked(inStep(2)) },
  committing: { title: 'It is put into use', reach: asked(inStep(3)) },
  done: {
    title: 'Done',
    reach: asked(async (stage) => {
      await inStep(2)(stage);
      await over(stage);
    }),
  },
  cut: {
    title: 'Cut while it was put into use',
    reach: asked(async (stage) => {
      await inStep(3)(stage);
      stage.gate.cut();
      await stage.shown('[part=error]');
    }),
  },
  'wrong-file': {
    title: 'Not a firmware file',
    reach: async (stage) => {
      await stage.connect();
      await choose(stage, new File(['a text'], 'notes.txt'));
      await stage.shown('[part=error]');
    },
  },
  'several-files': {
    title: 'Several files',
    reach: async (stage) => {
      await stage.connect();
      await choose(stage, firmware('one.bin'), firmware('two.bin'));
      await stage.shown('[part=error]');
    },
  },
  file: {
    title: 'A file with an id',
    attributes: { 'file-id': '02000000' },
    reach: asked(),
  },
};
