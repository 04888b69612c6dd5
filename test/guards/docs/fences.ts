/**
 * The code samples of the documentation: every fenced block of every page, with its place.
 * It does not know how a sample is checked.
 */
import path from 'node:path';
import { root } from '../scripts/run-script.js';

export interface Sample {
  /** Page, as a path from the project's folder. */
  readonly page: string;
  /** Line of the page on which the text begins, from 1. */
  readonly line: number;
  /** What the fence says first: `js`, `html`, … Empty where it says nothing. */
  readonly language: string;
  /** What the fence says after that. */
  readonly words: readonly string[];
  readonly text: string;
  /** What the sample promises to print, in order: the comments `// → …`. */
  readonly prints: readonly string[];
}

interface Tools {
  listPages(): string[];
  readPage(page: string): string;
}

export const { listPages, readPage } = (await import(path.join(root, 'scripts/lib/docs/pages.mjs'))) as Tools;

const FENCE = /^( *)```([^\n`]*)\n(.*?)^\1``` *$/gms;

export function samplesOf(page: string): Sample[] {
  const markdown = readPage(page);
  return [...markdown.matchAll(FENCE)].map(({ 1: indent = '', 2: info = '', 3: body = '', index }) => {
    const [language = '', ...words] = info.trim().split(/\s+/);
    const text = body.replace(new RegExp(`^${indent}`, 'gm'), '');
    return {
      page,
      line: markdown.slice(0, index).split('\n').length + 1,
      language,
      words,
      text,
      prints: [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, line = '']) => line.trim()),
    };
  });
}

/** Where a sample stands, for people. */
export const placeOf = ({ page, line }: Sample): string => `${page}:${String(line)}`;

/** Whether what was printed holds everything that was promised, in order; `…` stands for anything. */
export function missingLine(promised: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0;
  for (const line of promised) {
    const pattern = new RegExp(`^${line.split('…').map(escape).join('.*')}$`);
    const found = printed.slice(at).findIndex((text) => pattern.test(text));
    if (found < 0) return line;
    at += found + 1;
  }
  return undefined;
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
