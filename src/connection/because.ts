/** The details of an error or outcome as data, so that they can be put into other languages than English. */

/** A stable code, and the values in its text. They are never card data. */
export interface Because<Code extends string> {
  readonly code: Code;
  readonly values?: Readonly<Record<string, string>>;
}
