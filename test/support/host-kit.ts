/** Sales, gateways and requests for tests of the host kit. */
import type { AuthorizeRequest, Gateway, GatewayAnswer, PaymentRequest, SaleAmounts } from '../../src/host/index.js';
import { parseHex, toHex } from '../../src/mms/hex.js';
import { encodeTlv } from '../../src/mms/tlv.js';

/** What a page posts. */
export interface PageSale {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  readonly serialNumber: string;
  readonly ksn: string;
  readonly arqc: string;
  readonly amounts?: SaleAmounts;
  readonly type?: string;
  /** Of a refund. */
  readonly originalReference?: string;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An ARQC of the right shape, whose ciphertext is its number. */
export function arqcWith(ksn: string, serialNumber: string, cipher: Uint8Array = new Uint8Array(16)): string {
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF54', value: parseHex(ksn) },
        { tag: 'DFDF55', value: Uint8Array.of(0x82) },
        { tag: 'DFDF25', value: ascii(serialNumber) },
        {
          tag: 'FA',
          children: [
            {
              tag: '70',
              children: [
                { tag: 'DFDF52', value: Uint8Array.of(0x05) },
                {
                  tag: 'F8',
                  children: [
                    { tag: 'DFDF59', value: cipher },
                    { tag: 'DFDF56', value: parseHex(ksn) },
                    { tag: 'DFDF57', value: Uint8Array.of(0x80) },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
  return toHex(Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0));
}

/** The sale of a number: another number has another card. */
export function pageSale(number: number, changes: Partial<PageSale> = {}): PageSale {
  const ksn = `FFFF9876543210${number.toString(16).toUpperCase().padStart(6, '0')}`;
  const serialNumber = 'B571AF2';
  return {
    transactionId: `order-${String(number)}`,
    amount: '4.60',
    currency: 'EUR',
    serialNumber,
    ksn,
    arqc: arqcWith(ksn, serialNumber),
    ...changes,
  };
}

export const ADDRESS = 'https://shop.example/pay';

/** The request of `authorize-url`. */
export const authorizeRequest = (sale: PageSale, headers: Record<string, string> = {}): Request =>
  new Request(`${ADDRESS}/authorize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': sale.transactionId, ...headers },
    body: JSON.stringify(sale),
  });

export const statusRequest = (transactionId: string, query = ''): Request =>
  new Request(`${ADDRESS}/status/${encodeURIComponent(transactionId)}${query}`);

export const operationRequest = (
  kind: string,
  transactionId: string,
  body?: object,
  headers: Record<string, string> = {},
): Request =>
  new Request(`${ADDRESS}/${kind}/${encodeURIComponent(transactionId)}`, {
    method: 'POST',
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** Status and body of an answer. */
export async function read(response: Response | Promise<Response>): Promise<{ status: number; body: unknown }> {
  const { status, body } = await Promise.resolve(response).then(async (answered) => ({
    status: answered.status,
    body: (await answered.json()) as unknown,
  }));
  return { status, body };
}

type Step = GatewayAnswer | ((request: AuthorizeRequest) => GatewayAnswer | Promise<GatewayAnswer>);

/** A gateway that does what it is told, and counts what it was asked. */
export class ScriptedGateway implements Gateway {
  readonly name = 'scripted';
  readonly asked: AuthorizeRequest[] = [];
  readonly inquired: PaymentRequest[] = [];
  readonly operated: (PaymentRequest & { readonly kind: string })[] = [];
  answer: Step = { outcome: 'approved', message: 'Approved', reference: 'ref-1' };
  inquiry: GatewayAnswer = { outcome: 'unknown' };
  operation: GatewayAnswer = { outcome: 'approved' };

  async authorize(request: AuthorizeRequest): Promise<GatewayAnswer> {
    this.asked.push(request);
    return typeof this.answer === 'function' ? this.answer(request) : this.answer;
  }

  async inquire(request: PaymentRequest): Promise<GatewayAnswer> {
    this.inquired.push(request);
    return this.inquiry;
  }

  readonly void = this.operator('void');
  readonly refund = this.operator('refund');
  readonly capture = this.operator('capture');
  readonly reverse = this.operator('reverse');

  private operator(kind: string) {
    return async (request: PaymentRequest): Promise<GatewayAnswer> => {
      this.operated.push({ ...request, kind });
      return this.operation;
    };
  }
}

/** A promise, and the way to end it. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
