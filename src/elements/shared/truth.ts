/** ARIA states are words: an attribute that says no is there as well. */
export const truth = (is: boolean): 'true' | 'false' => (is ? 'true' : 'false');
