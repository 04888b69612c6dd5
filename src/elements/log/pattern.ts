/**
 * Regular expressions that cannot hold up the page: a pattern becomes an automaton that looks at each character once, whatever the
 * pattern is (R. Cox, “Regular Expression Matching Can Be Simple And Fast”). What browsers have may take for ever for a short text.
 * Not there are look-around and references to groups, which such an automaton cannot have. It does not know what is searched.
 */

/** What is wrong with a pattern, and at which of its characters. */
export class PatternError extends Error {
  /** Stable reason. */
  readonly code: PatternErrorCode;
  /** Index of the character in the pattern. */
  readonly offset: number;

  constructor(code: PatternErrorCode, offset: number) {
    super(code);
    this.name = 'PatternError';
    this.code = code;
    this.offset = offset;
  }
}

export type PatternErrorCode =
  | 'unended-group'
  | 'unended-class'
  | 'unopened-group'
  | 'nothing-to-repeat'
  | 'bad-range'
  | 'bad-escape'
  | 'not-here'
  | 'pattern-too-large'
  | 'bad-flag';

/** States of the largest automaton: each character of a text is looked at in all of them at most. */
const MOST_STATES = 200;
/** Characters of the longest pattern. */
const LONGEST = 1_000;
/** Groups inside each other. */
const MOST_GROUPS = 100;

type Test = (code: number) => boolean;

/** A state: it takes a character, divides, holds at a place, or is the end. */
type State =
  | { readonly kind: 'take'; readonly test: Test; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'assert'; readonly holds: (before: number, after: number) => boolean; next: number }
  | { readonly kind: 'end' };

/** A part of a pattern. */
type Part =
  | { readonly kind: 'take'; readonly test: Test }
  | { readonly kind: 'assert'; readonly holds: (before: number, after: number) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'either'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number };

const NONE = -1;
const isWord: Test = (code) => /[\w]/.test(codeText(code));
const isDigit: Test = (code) => code >= 0x30 && code <= 0x39;
const isSpace: Test = (code) => /\s/.test(codeText(code));
const codeText = (code: number): string => (code === NONE ? '' : String.fromCharCode(code));
const isLineEnd = (code: number): boolean => code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
const not =
  (test: Test): Test =>
  (code) =>
    !test(code);

const CLASSES: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d, 0: 0x00 };

/** A test of texts: whether the pattern is found anywhere in one. */
export type Pattern = (text: string) => boolean;

/**
 * @param flags `i` where upper and lower case are the same, else nothing.
 * @throws {PatternError} with the character that is wrong.
 */
export function compilePattern(source: string, flags: string): Pattern {
  if (flags !== '' && flags !== 'i') throw new PatternError('bad-flag', source.length + 1);
  if (source.length > LONGEST) throw new PatternError('pattern-too-large', LONGEST);
  const ignoresCase = flags === 'i';
  const states: State[] = [];
  const start = build(new Parser(source, ignoresCase).parse(), states, states.push({ kind: 'end' }) - 1, source.length);
  return (text) => matches(states, start, text);
}

/** Puts the states of a part in front of the state that follows it; gives the first of them. */
function build(part: Part, states: State[], next: number, offset: number): number {
  const add = (state: State): number => {
    if (states.length >= MOST_STATES) throw new PatternError('pattern-too-large', offset);
    return states.push(state) - 1;
  };
  switch (part.kind) {
    case 'take':
      return add({ kind: 'take', test: part.test, next });
    case 'assert':
      return add({ kind: 'assert', holds: part.holds, next });
    case 'all':
      return part.parts.reduceRight((following, inner) => build(inner, states, following, offset), next);
    case 'either': {
      const [first, ...others] = part.parts.map((inner) => build(inner, states, next, offset));
      return others.reduce((either, other) => add({ kind: 'split', next: either, other }), first ?? next);
    }
    case 'repeat': {
      let following = next;
      if (part.most === Infinity) {
        const loop = { kind: 'split', next, other: next } as { kind: 'split'; next: number; other: number };
        following = add(loop);
        loop.other = build(part.part, states, following, offset);
      } else {
        for (let count = part.least; count < part.most; count++) {
          following = add({ kind: 'split', next, other: build(part.part, states, following, offset) });
        }
      }
      for (let count = 0; count < part.least; count++) following = build(part.part, states, following, offset);
      return following;
    }
  }
}

function matches(states: readonly State[], start: number, text: string): boolean {
  let current: number[] = [];
  let marks = new Uint8Array(states.length);
  let before = NONE;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : NONE;
    // A match may begin at every character.
    if (follow(states, start, before, code, current, marks)) return true;
    const following: number[] = [];
    const nextMarks = new Uint8Array(states.length);
    const after = at + 1 < text.length ? text.charCodeAt(at + 1) : NONE;
    for (const index of current) {
      const state = states[index];
      if (code === NONE || state?.kind !== 'take' || !state.test(code)) continue;
      if (follow(states, state.next, code, after, following, nextMarks)) return true;
    }
    before = code;
    current = following;
    marks = nextMarks;
  }
  return false;
}

/** Collects the states that take a character, from one on; whether the end is among them. */
function follow(
  states: readonly State[],
  from: number,
  before: number,
  after: number,
  into: number[],
  marks: Uint8Array,
): boolean {
  const waiting = [from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (marks[index] === 1) continue;
    marks[index] = 1;
    const state = states[index] as State;
    if (state.kind === 'end') return true;
    if (state.kind === 'take') into.push(index);
    else if (state.kind === 'split') waiting.push(state.next, state.other);
    else if (state.holds(before, after)) waiting.push(state.next);
  }
  return false;
}

/** Reads a pattern in the notation of JavaScript. */
class Parser {
  private readonly source: string;
  private readonly ignoresCase: boolean;
  private at = 0;
  private groups = 0;

  constructor(source: string, ignoresCase: boolean) {
    this.source = source;
    this.ignoresCase = ignoresCase;
  }

  parse(): Part {
    const part = this.alternatives();
    if (this.at < this.source.length) throw new PatternError('unopened-group', this.at);
    return part;
  }

  private get next(): string {
    return this.source.charAt(this.at);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private alternatives(): Part {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as Part) : { kind: 'either', parts };
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (this.at < this.source.length && this.next !== '|' && this.next !== ')') parts.push(this.repeated());
    return { kind: 'all', parts };
  }

  private repeated(): Part {
    const start = this.at;
    const part = this.atom();
    const times = this.times();
    if (!times) return part;
    if (part.kind === 'assert') throw new PatternError('nothing-to-repeat', start);
    // Whether as few or as many as possible makes no difference to whether there are any.
    this.take('?');
    if (this.times()) throw new PatternError('nothing-to-repeat', this.at - 1);
    return { kind: 'repeat', part, ...times };
  }

  private times(): { readonly least: number; readonly most: number } | undefined {
    if (this.take('*')) return { least: 0, most: Infinity };
    if (this.take('+')) return { least: 1, most: Infinity };
    if (this.take('?')) return { least: 0, most: 1 };
    const [whole, least = '', comma, most = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(this.source.slice(this.at)) ?? [];
    if (whole === undefined) return undefined;
    const from = Number(least);
    const to = comma === '' ? from : most === '' ? Infinity : Number(most);
    if (to < from) throw new PatternError('bad-range', this.at);
    if (Math.max(from, to === Infinity ? 0 : to) > MOST_STATES) throw new PatternError('pattern-too-large', this.at);
    this.at += whole.length;
    return { least: from, most: to };
  }

  private atom(): Part {
    const start = this.at;
    const character = this.next;
    this.at++;
    switch (character) {
      case '(':
        return this.group(start);
      case '[':
        return { kind: 'take', test: this.characterClass(start) };
      case '.':
        return { kind: 'take', test: not(isLineEnd) };
      case '^':
        return { kind: 'assert', holds: (before) => before === NONE };
      case '$':
        return { kind: 'assert', holds: (_, after) => after === NONE };
      case '*':
      case '+':
      case '?':
        throw new PatternError('nothing-to-repeat', start);
      case '{':
        // A text, unless it reads as a number of times: of nothing.
        this.at = start;
        if (this.times()) throw new PatternError('nothing-to-repeat', start);
        this.at = start + 1;
        return { kind: 'take', test: this.one(character.charCodeAt(0)) };
      case '\\':
        return this.escape(start);
      default:
        return { kind: 'take', test: this.one(character.charCodeAt(0)) };
    }
  }

  private group(start: number): Part {
    if (this.next === '?' && !this.take('?:')) {
      const name = /^\?<[A-Za-z_]\w*>/.exec(this.source.slice(this.at))?.[0];
      if (name === undefined) throw new PatternError('not-here', start);
      this.at += name.length;
    }
    if (++this.groups > MOST_GROUPS) throw new PatternError('pattern-too-large', start);
    const part = this.alternatives();
    if (!this.take(')')) throw new PatternError('unended-group', start);
    this.groups--;
    return part;
  }

  private escape(start: number): Part {
    const character = this.next;
    if (character === 'b' || character === 'B') {
      this.at++;
      const isBoundary = character === 'b';
      return { kind: 'assert', holds: (before, after) => (isWord(before) !== isWord(after)) === isBoundary };
    }
    const found = this.escaped(start);
    return { kind: 'take', test: typeof found === 'number' ? this.one(found) : found };
  }

  /** What stands behind a backslash: a character, or a kind of characters. */
  private escaped(start: number): number | Test {
    const character = this.next;
    this.at++;
    const kind = CLASSES[character];
    if (kind) return kind;
    const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(this.source.slice(start + 1));
    if (hex && (character === 'x' || character === 'u')) {
      this.at = start + 1 + hex[0].length;
      return parseInt(hex[1] ?? hex[2] ?? '', 16);
    }
    const control = CONTROLS[character];
    // With digits behind it, it is a number in octal digits.
    if (character === '0' && /\d/.test(this.next)) throw new PatternError('not-here', start);
    if (control !== undefined) return control;
    if (/[1-9k]/.test(character)) throw new PatternError('not-here', start);
    if (character === '' || /[A-Za-z]/.test(character)) throw new PatternError('bad-escape', start);
    return character.charCodeAt(0);
  }

  private characterClass(start: number): Test {
    const isNegated = this.take('^');
    const tests: Test[] = [];
    while (!this.take(']')) {
      if (this.at >= this.source.length) throw new PatternError('unended-class', start);
      const from = this.at;
      const low = this.member();
      const isRange = this.next === '-' && !['', ']'].includes(this.source.charAt(this.at + 1));
      if (!isRange) {
        tests.push(this.testOf(low));
        continue;
      }
      this.at++;
      const high = this.member();
      if (typeof low !== 'number' || typeof high !== 'number') {
        // No range: the hyphen means itself (ECMA-262, B.1.2.8.1).
        tests.push(this.testOf(low), this.one(HYPHEN), this.testOf(high));
        continue;
      }
      if (high < low) throw new PatternError('bad-range', from);
      tests.push(this.between(low, high));
    }
    // However many members there are, each character is compared with them once.
    const known = new Map<number, boolean>();
    return (code) => {
      let isOne = known.get(code);
      if (isOne === undefined) known.set(code, (isOne = tests.some((test) => test(code)) !== isNegated));
      return isOne;
    };
  }

  private member(): number | Test {
    const start = this.at;
    const character = this.next;
    this.at++;
    if (character !== '\\') return character.charCodeAt(0);
    return this.take('b') ? 0x08 : this.escaped(start);
  }

  private testOf(member: number | Test): Test {
    return typeof member === 'number' ? this.one(member) : member;
  }

  private one(wanted: number): Test {
    return this.between(wanted, wanted);
  }

  private between(low: number, high: number): Test {
    const isIn: Test = (code) => code >= low && code <= high;
    if (!this.ignoresCase) return isIn;
    return (code) => isIn(code) || casesOf(code).some(isIn);
  }
}

const HYPHEN = 0x2d;

/** All characters that are the same as others where case does not matter, by what they are compared as. */
let cases: Map<number, number[]> | undefined;

/** The characters that a character is the same as where case does not matter, in code order. */
function casesOf(code: number): readonly number[] {
  if (!cases) {
    cases = new Map();
    for (let other = 0; other <= 0xffff; other++) {
      const upper = upperCase(other);
      if (upper !== other) cases.set(upper, [...(cases.get(upper) ?? [upper]), other]);
    }
  }
  return cases.get(upperCase(code)) ?? [];
}

/** What a character is compared as (ECMA-262, Canonicalize): none beyond ASCII is the same as one of ASCII. */
function upperCase(code: number): number {
  const text = codeText(code).toUpperCase();
  const upper = text.length === 1 ? text.charCodeAt(0) : code;
  return code >= 0x80 && upper < 0x80 ? code : upper;
}
