/**
 * Does what a person would about sales that a page has cut, once it is known how they ended: until then no other can be started. It does
 * not know what cut them.
 */

/** A script of the page that settles every sale without an outcome. */
export const settleAll = `(() => {
  for (const { client } of document.querySelectorAll('magtek-reader')) {
    for (const { transactionId } of client?.unresolvedTransactions ?? []) client.resolveTransaction(transactionId);
  }
})()`;
