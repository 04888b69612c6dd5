/** Makes the counters of the page out of its template, and shows at each what its events tell. */
const main = document.querySelector('main');
const template = document.querySelector('#counter');
const isClosed = document.querySelector('#closed');
const showsLog = document.querySelector('#log');

/** Above this the host declines. */
const LIMIT = 50;

/** Stands for a request to the shop’s own server, which would send the encrypted card data on to its bank. */
const askHost = async ({ amount }) => ({ approved: Number(amount) <= LIMIT });

/** One counter: a reader, a sale on it, and what its events told. */
function makeCounter({ name, url }) {
  const counter = document.importNode(template.content, true).firstElementChild;
  const reader = counter.querySelector('magtek-reader');
  const show = (place, text) => (counter.querySelector(place).textContent = text);

  counter.ariaLabel = name;
  show('h2', name);
  reader.url = url;
  reader.simulated = url === '';
  reader.addEventListener('magtek-card-data', ({ detail }) => {
    // The batch at the end of the sale has no card number.
    if (detail.kind === 'arqc') show('.card', detail.maskedPan);
  });
  reader.addEventListener('magtek-transaction-complete', ({ detail }) => show('.outcome', detail.outcome));
  reader.addEventListener('magtek-error', ({ detail }) => show('.problem', detail.error.message));
  reader.addEventListener('magtek-authorize', (event) => event.respondWith(askHost(event.detail)));

  counter.querySelector('.ask').addEventListener('click', async () => {
    try {
      show('.serial-number', (await reader.getDeviceInfo()).serialNumber);
    } catch (error) {
      show('.problem', String(error));
    }
  });
  counter.querySelector('.remove').addEventListener('click', () => counter.remove());
  return counter;
}

document.querySelector('#amount').addEventListener('input', ({ target }) => {
  for (const sale of document.querySelectorAll('magtek-transaction')) sale.amount = target.value;
});
isClosed.addEventListener('change', () => {
  for (const sale of document.querySelectorAll('magtek-transaction')) sale.disabled = isClosed.checked;
});
showsLog.addEventListener('change', () => {
  for (const log of document.querySelectorAll('magtek-log')) log.remove();
  if (!showsLog.checked) return;
  for (const reader of document.querySelectorAll('magtek-reader')) reader.append(document.createElement('magtek-log'));
});
// Moved in one task, each reader keeps its connection.
document.querySelector('#reverse').addEventListener('click', () => main.append(...[...main.children].reverse()));

const readers = await (await fetch('readers.json')).json();
main.append(...readers.map(makeCounter));
