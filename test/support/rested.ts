/** Waits until nothing in an element moves or fades, but what never ends: colours are looked at when they have arrived. */
export async function rested(element: Element): Promise<void> {
  await Promise.all((element.shadowRoot?.getAnimations() ?? []).filter(ends).map(({ finished }) => finished));
}

const ends = ({ effect }: Animation): boolean => effect?.getComputedTiming().endTime !== Infinity;
