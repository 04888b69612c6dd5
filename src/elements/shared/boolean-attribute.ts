/**
 * Converter of boolean attributes.
 *
 * Being there means yes, as in HTML, but the text `false` means no: Vue and Svelte write it where a page binds `false` to a name
 * with a hyphen, and an `allow-insecure` that nobody wanted must not come of that.
 */
export const booleanAttribute = {
  fromAttribute: (text: string | null): boolean => text !== null && text !== 'false',
};
