/** The answer of the shop's own server to a sale: it alone knows the keys of a payment host. */
export async function POST(request: Request) {
  const { amount } = (await request.json()) as { amount: string };
  const approved = Number(amount) <= 100;
  return Response.json({ approved, message: approved ? 'Approved.' : 'Above the limit.' });
}
