/**
 * Properties that are not set any more: frameworks set null or undefined for what they do not know yet, and Lit sets null where
 * an attribute is taken away.
 */

/**
 * Decorator, put before `@property`: null and undefined restore the initial value, the first one that the class sets. Every
 * instance sets the same one, before anybody else can set another.
 */
export function resettable(prototype: object, name: string): void {
  const accessor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor & {
    set(value: unknown): void;
  };
  let first: unknown;
  Object.defineProperty(prototype, name, {
    ...accessor,
    set(value: unknown) {
      first ??= value;
      accessor.set.call(this, value ?? first);
    },
  });
}
