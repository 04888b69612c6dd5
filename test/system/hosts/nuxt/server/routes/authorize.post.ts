/** The answer of the shop's own server to a sale: it alone knows the keys of a payment host. */
export default defineEventHandler(async (event) => {
  const { amount } = await readBody<{ amount: string }>(event);
  const approved = Number(amount) <= 100;
  return { approved, message: approved ? 'Approved.' : 'Above the limit.' };
});
