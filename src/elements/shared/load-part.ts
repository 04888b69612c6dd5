/**
 * Loads a part of an element when it is asked for, and distinguishes a part that cannot be had from everything
 * else that can go wrong: files of a page go with its next version, and networks with their readers.
 * It does not know the parts.
 */

/** A part could not be loaded. The next time that it is asked for, it is loaded again. */
export class MissingPartError extends Error {
  override readonly name = 'MissingPartError';

  constructor(cause: unknown) {
    super('A part of the element could not be loaded.', { cause });
  }
}

/**
 * @param load One `import()`, or several together.
 * @throws {MissingPartError} where it cannot be loaded now.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new MissingPartError(cause);
  }
}

/** A handler of rejections that says what is to be said of a missing part; other errors stay errors. */
export const whenMissing =
  (say: () => void) =>
  (error: unknown): void => {
    if (!(error instanceof MissingPartError)) throw error;
    say();
  };
