/**
 * The table of what the demo's payment host knows about its sales: filled when the page loads, and after each sale.
 */

interface KnownSale {
  readonly state: string;
  readonly amount: string;
  readonly currency: string;
  readonly ksn: string;
  readonly message?: string;
}

async function show(): Promise<void> {
  const table = document.getElementById('host-sales');
  const answer = await fetch('/__host/sales');
  if (!table || !answer.ok) return;
  const sales = (await answer.json()) as readonly KnownSale[];
  table.replaceChildren(...[...sales].reverse().map(rowOf));
}

function rowOf({ state, amount, currency, ksn, message }: KnownSale): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const text of [message === undefined ? state : `${state}: ${message}`, ksn, `${amount} ${currency}`]) {
    row.insertCell().textContent = text;
  }
  return row;
}

document.addEventListener('magtek-transaction-complete', () => void show());
void show();
