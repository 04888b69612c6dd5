/**
 * Plays a scenario: does each step when its time has come.
 * It does not know where the scenario comes from.
 */
import { systemClock, type SimulatorClock } from '../clock.js';
import type { SimulatedReader } from '../simulated-reader.js';
import type { Scenario, ScenarioStep } from './scenario.js';

export interface ScenarioRun {
  /** Resolves after the last step, and when the run was stopped. */
  readonly done: Promise<void>;
  stop(): void;
}

/** Milliseconds that a repeated scenario rests, so that one whose moments are there already does not run away. */
const REST = 1;

/** @param onStep Called before each step. */
export function runScenario(
  reader: SimulatedReader,
  scenario: Scenario,
  {
    clock = systemClock,
    onStep,
  }: { readonly clock?: SimulatorClock; readonly onStep?: (step: ScenarioStep) => void } = {},
): ScenarioRun {
  let timer: unknown;
  let unsubscribe: (() => void) | undefined;
  let finish = (): void => undefined;
  let isStopped = false;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const stop = (): void => {
    isStopped = true;
    clock.clearTimeout(timer);
    unsubscribe?.();
    finish();
  };

  const later = (milliseconds: number, next: () => void): void => {
    timer = clock.setTimeout(next, milliseconds);
  };

  /** Waits for a moment of the reader; goes on in a task of its own, so that no step is done inside of another. */
  const whenReached = (moment: string | undefined, next: () => void): void => {
    const isReached = (): boolean =>
      moment === undefined || reader.face.state === moment || reader.face.phase === moment;
    if (isReached()) return next();
    unsubscribe = reader.subscribe(() => {
      if (!isReached()) return;
      unsubscribe?.();
      unsubscribe = undefined;
      next();
    });
  };

  const play = (at: number): void => {
    if (isStopped) return;
    const step = scenario.steps[at];
    if (step) {
      whenReached(step.when, () => {
        later(step.after ?? 0, () => {
          onStep?.(step);
          act(reader, step);
          play(at + 1);
        });
      });
    } else if (scenario.repeat && scenario.steps.length > 0) {
      later(REST, () => play(0));
    } else stop();
  };

  play(0);
  return { done, stop };
}

function act(reader: SimulatedReader, step: ScenarioStep): void {
  switch (step.do) {
    case 'insert':
    case 'tap':
    case 'swipe':
    case 'type':
      return reader[step.do](step.card);
    case 'remove':
    case 'collide':
    case 'cancel':
    case 'restart':
      return reader[step.do]();
    case 'enterPin':
      return reader.enterPin(step.pin);
    case 'sign':
      return reader.sign(step.strokes);
    case 'touch':
      return reader.touch(step.x, step.y);
    case 'select':
      return reader.select(step.index);
    case 'scan':
      return reader.scan(step.text, step.type);
    case 'startFault':
      return reader.startFault(step.fault);
    case 'endFault':
      return reader.endFault(step.fault);
    case 'refuse':
      return reader.refuseNext(step.status);
    case 'wait':
      break;
  }
}
