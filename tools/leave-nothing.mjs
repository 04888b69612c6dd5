/**
 * Programs and folders that must not outlive this process, however it ends: by itself, by an error that nobody catches, or by a
 * signal. Only a process that is killed outright leaves them. It does not know what they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The signals that end a process unless it hears them. @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What is to be ended. @type {Set<() => void>} */
const left = new Set();

function endAll() {
  // A program before the folder that it writes into, which was there first.
  for (const end of [...left].reverse()) {
    try {
      end();
    } catch {
      // One that does not end must not keep the others.
    }
  }
  left.clear();
}

/** @param {NodeJS.Signals} signal */
function signalled(signal) {
  // Whoever else hears it says when this process ends.
  if (process.listenerCount(signal) > 1) return;
  endAll();
  listen('off');
  process.kill(process.pid, signal);
}

/** @param {'on' | 'off'} how */
function listen(how) {
  process[how]('exit', endAll);
  for (const signal of SIGNALS) process[how](signal, signalled);
}

/**
 * Has something ended with this process.
 * @param {() => void} end at once, nothing is waited for
 * @returns {() => void} to be called when it has been ended before
 */
export function endWithProcess(end) {
  if (left.size === 0) listen('on');
  left.add(end);
  return () => {
    if (left.delete(end) && left.size === 0) listen('off');
  };
}

/**
 * A new folder for a program, which goes with this process.
 * @param {string} name of the program
 * @returns {{ folder: string, remove: () => void }}
 */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(tmpdir(), `magtek-elements-${name}-`));
  // What is being ended may write a last time.
  const removeNow = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const forget = endWithProcess(removeNow);
  return {
    folder,
    remove: () => {
      forget();
      removeNow();
    },
  };
}
