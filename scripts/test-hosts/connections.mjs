/** Counts the connections of a reader, as it has seen them itself. */

/** How many clients the reader has had so far: one more after each new connection. @param {import('./moving.mjs').Till} till */
export const connections = ({ watched }) => watched.clients.filter((count) => count > 0).length;
