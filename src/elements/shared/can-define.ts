/**
 * The guard of every define module: two copies of this package may be in one page.
 * It defines nothing itself.
 */

/** Whether a tag is still free. Warns on the console where another version of this package has defined it. */
export function canDefine(tag: string, element: { readonly version: string }): boolean {
  const present = customElements.get(tag) as { readonly version?: string } | undefined;
  if (!present) return true;
  if (present !== (element as unknown) && present.version !== element.version) {
    console.warn(
      `<${tag}> is defined already, by version ${present.version ?? 'unknown'}; version ${element.version} is not used.`,
    );
  }
  return false;
}
