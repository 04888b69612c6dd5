/** A sale in full EMV by one tag: the host's answer goes to the card, and the page shows and does what both of them have decided. */
import { expect, html } from '@open-wc/testing';
import type { ReversalRequest, TransactionResult } from '../../../src/transactions/transaction.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { startHost } from '../../support/host.js';
import { closeShops, openShop } from '../../support/shop.js';
import { waitUntil } from '../../support/wait-until.js';

const APPROVAL = '{"approved":true,"responseCode":"00","issuerData":"910A01020304050607083030"}';
const DECLINE = '{"approved":false,"responseCode":"05","message":"Insufficient funds"}';

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

/** A card in the slot of a reader that waits for its host, from the button to the outcome. */
async function sold(answer: string, fault?: 'card-refuses') {
  const [host, reversals] = [await startHost(200, answer), await startHost(200, '{"approved":true}')];
  const { reader, element } = await openShop(
    html`<magtek-transaction
      amount="4.60"
      currency="EUR"
      flow="full-emv"
      authorize-url=${host.address}
      reverse-url=${reversals.address}
    ></magtek-transaction>`,
    { flow: 'full-emv' },
  );
  const sale: MagtekTransaction = element.querySelector('magtek-transaction')!;
  const needed: ReversalRequest[] = [];
  const completed: TransactionResult[] = [];
  element.addEventListener('magtek-reversal-needed', ({ detail }) => needed.push(detail));
  element.addEventListener('magtek-transaction-complete', ({ detail }) => completed.push(detail));
  if (fault) reader.reader.startFault(fault);
  await sale.updateComplete;
  sale.shadowRoot!.querySelector<HTMLElement>('[part~=pay]')!.click();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting for a card');
  reader.reader.insert('visa');
  await waitUntil(() => sale.outcome !== undefined, 'over', { timeout: 5_000 });
  await sale.updateComplete;
  const resumes = reader.received.filter((hex) => hex.slice(12, 16) === '1004').length;
  return { sale, host, reversals, needed, completed, resumes };
}

describe('a sale in full EMV', () => {
  afterEach(closeShops);

  it('that host and card approve is approved; the card has got the answer once', async () => {
    const { sale, host, reversals, needed, completed, resumes } = await sold(APPROVAL);
    expect(sale.outcome).to.equal('approved');
    expect(textOf(sale)).to.contain('Approved').and.to.contain('€4.60');
    expect(resumes).to.equal(1);
    expect(await host.received()).to.have.length(1);
    expect(completed).to.have.length(1);
    expect(completed[0]).to.include({ approvedAmount: '4.60', responseCode: '00' });
    expect(needed).to.deep.equal([]);
    expect(await reversals.asked()).to.deep.equal([]);
    await expect(sale).to.be.accessible();
  });

  it('that the host approves and the card refuses is declined, says why, and has the money given back once', async () => {
    const { sale, host, reversals, needed, completed, resumes } = await sold(APPROVAL, 'card-refuses');
    expect(sale.outcome).to.equal('declined');
    expect(textOf(sale))
      .to.contain('Declined')
      .and.to.contain('The host approved the transaction, and the card refused it. The host must reverse it.');
    expect(resumes).to.equal(1);
    expect(await host.received()).to.have.length(1);
    expect(completed.map(({ because }) => because?.code)).to.deep.equal(['card-refused']);
    const [asked] = completed;
    expect(needed).to.have.length(1);
    expect(needed[0]).to.include({ transactionId: asked!.transactionId, amount: '4.60', currency: 'EUR' });
    const address = `/${encodeURIComponent(asked!.transactionId)}`;
    let given: readonly string[] = [];
    await waitUntil(async () => (given = await reversals.asked()).length > 0, 'given back', { timeout: 5_000 });
    expect(given).to.deep.equal([address]);
    // Nothing was paid: a form has nothing to send.
    expect(sale.value).to.equal('');
    await expect(sale).to.be.accessible();
  });

  it('that the host declines is declined by its words, and nothing is given back', async () => {
    const { sale, reversals, needed, resumes } = await sold(DECLINE);
    expect(sale.outcome).to.equal('declined');
    expect(textOf(sale)).to.contain('Insufficient funds');
    expect(resumes).to.equal(1);
    expect(needed).to.deep.equal([]);
    expect(await reversals.asked()).to.deep.equal([]);
  });
});
