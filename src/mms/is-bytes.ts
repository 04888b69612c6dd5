/**
 * Whether a value is bytes. Not by class: those of a frame, or of Node where a test has a page of its own, are of another one.
 * It does not know other views of memory: whose elements are not bytes, or which has none, is not taken for them.
 */
export const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';
