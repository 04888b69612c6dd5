/**
 * Plays the scenario of a simulator element: loads it where it is an address, and stops it when another one is to be played.
 * It does not know elements.
 */
import { loadPart } from '../shared/load-part.js';
import type { ScenarioRun } from '../../simulator/scenario/run.js';
import type { SimulatedReader } from '../../simulator/simulated-reader.js';

export class ScenarioPlayer {
  private readonly failed: (reason: unknown) => void;
  private run: ScenarioRun | undefined;
  /** Counts what is to be played, so that what was loaded too late is noticed. */
  private playing = 0;

  /** @param failed Called with what is wrong: an error, whose message is English, or a part that could not be loaded. */
  constructor(failed: (reason: unknown) => void) {
    this.failed = failed;
  }

  /** @param source Address or text of a scenario; empty for none. */
  play(reader: SimulatedReader | undefined, source: string): void {
    this.run?.stop();
    this.run = undefined;
    const playing = ++this.playing;
    if (!reader || source.trim() === '') return;
    const begin = async (): Promise<void> => {
      const [text, { parseScenario }, { runScenario }] = await Promise.all([
        textOf(source),
        loadPart(() => import('../../simulator/scenario/parse.js')),
        loadPart(() => import('../../simulator/scenario/run.js')),
      ]);
      const scenario = parseScenario(text);
      if (playing === this.playing) this.run = runScenario(reader, scenario);
    };
    begin().catch((error: unknown) => {
      if (playing === this.playing) this.failed(error);
    });
  }
}

async function textOf(source: string): Promise<string> {
  if (source.trimStart().startsWith('{')) return source;
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source} was answered with ${String(answer.status)}`);
  return answer.text();
}
