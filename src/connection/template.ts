/** Texts with places in braces, such as `{amount}`, that are filled in: English templates and those of every language. */

/** The names in braces of a template, as a type: forgetting one is an error of the compiler. */
export type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The text with its values. A place without a value stays as it is written, so that the fault can be seen. */
export const fill = (text: string, values: Readonly<Record<string, string>> = {}): string =>
  text.replace(/\{([a-z]+)\}/g, (part, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? part) : part));
