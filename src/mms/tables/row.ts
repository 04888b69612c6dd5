/**
 * Tables in few bytes. A row is a text: a code, or how it ends where it begins as that of the row before, or none where it is the
 * next one; a stable name and `=`, where it is not the words in kebab case; words for people. Tests hold the tables against plain lists.
 */

/** A stable name, and words for people in English. */
export type Row = readonly [name: string, text: string];

/** Words in kebab case: `Self-test: key missing` is `self-test-key-missing`. */
export type Kebab<Words extends string> = Words extends `${infer First}: ${infer Rest}`
  ? `${Kebab<First>}-${Kebab<Rest>}`
  : Words extends `${infer First} ${infer Rest}`
    ? `${Lowercase<First>}-${Kebab<Rest>}`
    : Lowercase<Words>;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** The name of a row. */
export type NameOf<Text> = Text extends `${Digit}${string} ${infer Rest}`
  ? NameOf<Rest>
  : Text extends `${infer Name}=${string}`
    ? Name
    : Text extends string
      ? Kebab<Text>
      : never;

export const kebab = (words: string): string => words.toLowerCase().replace(/\W+/g, '-');

const ROW = /^(?:([\dA-H-]+) )?(?:(.+)=)?(.+)/;

/** The rows by their codes, whose last digit counts from 0 to Z. */
export function readRows(rows: readonly string[]): Map<string, Row> {
  let code = '';
  return new Map(
    rows.map((row) => {
      const [, end, name, text] = ROW.exec(row) as unknown as readonly [
        string,
        string | undefined,
        string | undefined,
        string,
      ];
      code = end
        ? code.slice(0, -end.length) + end
        : (parseInt(code, 36) + 1).toString(36).toUpperCase().padStart(code.length, '0');
      return [code, [name ?? kebab(text), text]];
    }),
  );
}
