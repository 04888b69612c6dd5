/**
 * Tables in few bytes. A row is a text: a code, where it does not follow from the row before; a stable name and `=`, where the name
 * is not the words in kebab case; words for people. Tests hold the tables against plain lists.
 */

/** A stable name, and words for people in English. */
export type Row = readonly [name: string, text: string];

/** Words in kebab case: `Self-test: key missing` is `self-test-key-missing`. */
export type Kebab<Words extends string> = Words extends `${infer First}: ${infer Rest}`
  ? `${Kebab<First>}-${Kebab<Rest>}`
  : Words extends `${infer First} ${infer Rest}`
    ? `${Lowercase<First>}-${Kebab<Rest>}`
    : Lowercase<Words>;

/** The name of a row. */
export type NameOf<Text> = Text extends `0${string} ${infer Rest}`
  ? NameOf<Rest>
  : Text extends `${infer Name}=${string}`
    ? Name
    : Text extends string
      ? Kebab<Text>
      : never;

export const kebab = (words: string): string => words.toLowerCase().replace(/\W+/g, '-');

const ROW = /^(?:(\d\S+) )?(?:(.+)=)?(.+)/;

/** The parts of a row; without a code where it follows from the row before. */
export function readRow(row: string): [code: string | undefined, ...Row] {
  const [, code, name, text] = ROW.exec(row) as unknown as readonly [
    string,
    string | undefined,
    string | undefined,
    string,
  ];
  return [code, name ?? kebab(text), text];
}
