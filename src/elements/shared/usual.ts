/**
 * Properties that are not set any more: frameworks set null or undefined for what they do not know yet, and Lit sets null where
 * an attribute is taken away. It knows no element.
 */

/**
 * Put before `@property`: null and undefined become what the class gives the property at first. Each instance gets the same
 * there, before anybody else can set it.
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
