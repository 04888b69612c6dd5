/** Waits until nothing in an element moves or fades: colours are looked at when they have arrived. */
export async function rested(element: Element): Promise<void> {
  await Promise.all((element.shadowRoot?.getAnimations() ?? []).map(({ finished }) => finished));
}
