/** The bytes of a command that a person has changed. */

/** A stretch of hexadecimal digits. */
export interface Stretch {
  readonly hex: string;
  readonly isChanged: boolean;
}

/**
 * The bytes of `after`, those that differ from `before` apart. Bytes put in or taken out are found between what both begin
 * and end with.
 */
export function changedBytes(before: string, after: string): readonly Stretch[] {
  const a = pairs(before);
  const b = pairs(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const stretches: Stretch[] = [];
  for (const [at, byte] of b.entries()) {
    const isInside = at >= start && at < b.length - end;
    // Of equal length, byte for byte; else all that stands between.
    const isChanged = isInside && (a.length !== b.length || a[at] !== byte);
    const last = stretches.at(-1);
    if (last?.isChanged === isChanged) stretches[stretches.length - 1] = { hex: last.hex + byte, isChanged };
    else stretches.push({ hex: byte, isChanged });
  }
  return stretches;
}

const pairs = (hex: string): readonly string[] => hex.match(/../g) ?? [];
