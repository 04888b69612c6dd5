/** Objects whose optional properties are absent where there is nothing, as records, results and copies of them have it. */

type Optional<Values> = { [Name in keyof Values]: undefined extends Values[Name] ? Name : never }[keyof Values];

/** The same without undefined: what may be undefined may be absent. */
export type Present<Values> = Omit<Values, Optional<Values>> & {
  [Name in Optional<Values>]?: Exclude<Values[Name], undefined>;
};

/** Leaves out what is undefined; the others stay in their order. */
export const present = <Values extends object>(values: Values): Present<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<Values>;
