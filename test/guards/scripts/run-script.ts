/**
 * Runs the project's scripts in other folders and environments than their own.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../../..');

/** An empty folder that goes when the test ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-scripts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A project with the scripts, tools and packages of this one and nothing else. */
export function makeProject(): string {
  const project = makeFolder();
  for (const room of ['scripts', 'tools']) cpSync(path.join(root, room), path.join(project, room), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  return project;
}

/** What is not needed to build and test, and what is made anew. */
const leftOut = ['.git', 'node_modules', 'dist', 'cdn', 'coverage', 'bench'];

/** A copy of this project, not built and without its history. */
export function copyProject(): string {
  const project = makeFolder();
  for (const name of readdirSync(root)) {
    if (leftOut.includes(name)) continue;
    const isOfDemo = (source: string): boolean => /[\\/]demo[\\/][^\\/]+[\\/](node_modules|dist)/.test(source);
    cpSync(path.join(root, name), path.join(project, name), { recursive: true, filter: (source) => !isOfDemo(source) });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  return project;
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of a project with Node, named by its path there; `env` is all of its environment where given. */
export function runScript(project: string, script: string, args: readonly string[] = [], env = process.env): Outcome {
  return spawnSync(process.execPath, [path.join(project, script), ...args], {
    cwd: project,
    encoding: 'utf8',
    env,
  });
}
