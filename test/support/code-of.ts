/** The code of the error that a promise rejects with; `resolved` where it resolves; the error as text where it has none. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => {
      const { code } = error as { readonly code?: unknown };
      return typeof code === 'string' ? code : String(error);
    },
  );
