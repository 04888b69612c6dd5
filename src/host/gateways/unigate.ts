/**
 * Magensa's Unigate: JSON over HTTPS. Facts from the vendor's published clients and from a public client that ran against it;
 * what no source confirms can be set. A payment is posted once: Unigate promises nothing about a second request.
 */
import type { AuthorizeRequest, Gateway, GatewayAnswer, PaymentRequest } from '../gateway.js';
import { accountCurrency, toService, type AmountUnit } from './amounts.js';
import { arqcFacts, type PaymentMode } from './arqc-facts.js';
import { fieldsOf, text, type Fields } from './fields.js';
import { asUnknown, readAnswer, type MagensaAnswer } from './magensa-answer.js';
import { notWhole, otherCurrency } from './not-sent.js';
import { readReference } from './reference.js';
import { readCredentials, requestOnce, serviceAddress, type Environment, type ServiceAnswer } from './service.js';

export interface UnigateOptions {
  /** Default `https://svc1.magensa.net/Unigate/`. */
  readonly address?: string;
  /** Which processor, in its exact spelling, e.g. `TSYS - Pilot`: it also says whether it is a test. */
  readonly processorName?: string;
  /** `AUTHORIZE` holds the amount until `capture`. Default `SALE`. */
  readonly transactionType?: 'SALE' | 'AUTHORIZE';
  /** Default `Credit`. */
  readonly paymentType?: string;
  /** Default: what the ARQC says. */
  readonly paymentMode?: PaymentMode;
  /** How the processor wants amounts. Whether Unigate evens that out is not published. Default `dollars`. */
  readonly amountUnit?: AmountUnit;
  /** The currency of the merchant's account: requests carry none. Sales in others are declined here. Default `USD`. */
  readonly currency?: string;
  /** Extras of the processor. */
  readonly details?: readonly { readonly key: string; readonly value: string }[];
  /** Where `MAGENSA_CUSTOMER_CODE`, `MAGENSA_USERNAME` and `MAGENSA_PASSWORD` are. Default `process.env`. */
  readonly environment?: Environment;
}

const ADDRESS = 'https://svc1.magensa.net/Unigate/';

type Operation = 'VOID' | 'REFUND' | 'CAPTURE';

class Unigate implements Gateway {
  readonly name = 'unigate';
  readonly void = (request: PaymentRequest): Promise<GatewayAnswer> => this.refer('VOID', request);
  readonly reverse = this.void;
  readonly refund = (request: PaymentRequest): Promise<GatewayAnswer> => this.refer('REFUND', request);
  readonly capture = (request: PaymentRequest): Promise<GatewayAnswer> => this.refer('CAPTURE', request);
  private readonly options: UnigateOptions;
  private readonly address: URL;
  private readonly authorization: string;
  private readonly unit: AmountUnit;
  private readonly currency: string;

  constructor(options: UnigateOptions) {
    this.options = options;
    this.address = serviceAddress(options.address ?? ADDRESS);
    this.unit = options.amountUnit ?? 'dollars';
    this.currency = accountCurrency(options.currency);
    const { customerCode, username, password } = readCredentials(options.environment ?? process.env);
    this.authorization = `Basic ${Buffer.from(`${customerCode}/${username}:${password}`).toString('base64')}`;
  }

  async authorize({ transactionId, amount, currency, arqc, signal }: AuthorizeRequest): Promise<GatewayAnswer> {
    if (currency !== this.currency) return otherCurrency(this.currency);
    const facts = arqcFacts(arqc);
    if (!facts) return notWhole;
    const { processorName, transactionType = 'SALE', paymentType = 'Credit', paymentMode, details = [] } = this.options;
    const answered = await this.post('api/Transaction/EMV', signal, {
      customerTransactionID: transactionId,
      transactionInput: {
        transactionType,
        amount: toService(amount, currency, this.unit),
        ...(processorName === undefined ? {} : { processorName }),
        transactionInputDetails: details,
      },
      dataInput: {
        encryptedData: { dataType: 'ARQC', data: arqc },
        paymentMode: paymentMode ?? facts.paymentMode,
        paymentType,
      },
    });
    const read = this.read(answered);
    if (read.answer.outcome !== 'approved') return read.answer;
    if (read.transactionId !== undefined && read.transactionId !== transactionId) {
      return asUnknown(read.answer, 'The gateway answered about another payment.');
    }
    return read.isReplay ? this.lookUpReplay(read.answer, transactionId, signal) : read.answer;
  }

  async inquire({ transactionId, reference, signal }: PaymentRequest): Promise<GatewayAnswer> {
    const { magTranID } = readReference(reference);
    const path =
      magTranID === undefined
        ? `api/Transaction?custTranID=${encodeURIComponent(transactionId)}`
        : `api/Transaction/${encodeURIComponent(magTranID)}`;
    const { status, json } = await this.send(path, signal, 'GET');
    // “Not known there” is not “not charged”: it may still be on its way.
    if (status < 200 || status > 299) return { outcome: 'unknown' };
    const answers = (Array.isArray(json) ? (json as unknown[]) : [json])
      .map((one) => readAnswer(fieldsOf(one), this.reading))
      .filter((one) => isAbout(one, transactionId, magTranID !== undefined));
    const decided = (['approved', 'declined'] as const).flatMap((outcome) =>
      answers.filter(({ answer }) => answer.outcome === outcome),
    );
    return decided[0]?.answer ?? { outcome: 'unknown' };
  }

  /** An approval that may be an earlier one's: it is this one's where the gateway has it under this id. */
  private async lookUpReplay(
    answer: GatewayAnswer,
    transactionId: string,
    signal: AbortSignal,
  ): Promise<GatewayAnswer> {
    const message = 'The gateway has seen these card data before: look the payment up.';
    const { magTranID } = readReference(answer.reference);
    if (magTranID === undefined) return asUnknown(answer, message);
    try {
      const { json } = await this.send(`api/Transaction/${encodeURIComponent(magTranID)}`, signal, 'GET');
      const found = readAnswer(fieldsOf(Array.isArray(json) ? (json as unknown[])[0] : json), this.reading);
      const isOurs = found.answer.outcome === 'approved' && found.transactionId === transactionId;
      return isOurs ? answer : asUnknown(answer, message);
    } catch {
      return asUnknown(answer, message);
    }
  }

  private async refer(operation: Operation, request: PaymentRequest): Promise<GatewayAnswer> {
    const { amount, currency, signal } = request;
    const reference = request.reference ?? (await this.inquire(request)).reference;
    const { magTranID } = readReference(reference);
    if (magTranID === undefined)
      return { outcome: 'unknown', message: 'The gateway’s id of the payment is not known.' };
    const answered = await this.post(`api/ReferenceTransaction/${operation}`, signal, {
      referenceMagTranID: magTranID,
      // A void without an amount is the whole payment.
      ...(operation === 'VOID' ? {} : { amount: toService(amount, currency, this.unit) }),
    });
    return this.read(answered).answer;
  }

  private get reading() {
    return { currency: this.currency, unit: this.unit, keepsResponse: false } as const;
  }

  private read({ status, json }: ServiceAnswer): MagensaAnswer {
    // One answer in a list of one is still that answer.
    const fields = fieldsOf(Array.isArray(json) && json.length === 1 ? (json as unknown[])[0] : json);
    if (status >= 200 && status <= 299) return readAnswer(fields, this.reading);
    return { answer: readError(status, fields), isReplay: false, transactionId: undefined };
  }

  private post(path: string, signal: AbortSignal, body: object): Promise<ServiceAnswer> {
    return this.send(path, signal, 'POST', JSON.stringify(body));
  }

  private send(path: string, signal: AbortSignal, method: 'GET' | 'POST', body?: string): Promise<ServiceAnswer> {
    const headers = { authorization: this.authorization, accept: 'application/json' };
    return requestOnce(new URL(path, this.address), {
      ...{ method, signal },
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
  }
}

/** An answer to an inquiry is about a payment when it says so, or when it was asked for by its own id and names none. */
const isAbout = ({ transactionId }: MagensaAnswer, wanted: string, byGatewayId: boolean): boolean =>
  transactionId === undefined ? byGatewayId : transactionId === wanted;

/** Refusals that are not about what was sent: it took too long, or such a payment is there already. */
const UNCLEAR_STATUSES = [408, 409];

/** Of what the service itself says is wrong with a request nothing was charged; of all else nobody knows. */
function readError(status: number, fields: Fields): GatewayAnswer {
  const code = text(fields, 'code');
  if (status < 400 || status > 499 || UNCLEAR_STATUSES.includes(status) || code === undefined) {
    return { outcome: 'unknown', message: `The gateway answered with status ${String(status)}.` };
  }
  return { outcome: 'declined', message: `The gateway refused the request: ${code}.` };
}

/**
 * Unigate. Only `isTransactionApproved: true` approves; an answer that is missing, broken or about another payment is `unknown`,
 * and is asked about by inquiry.
 *
 * @throws {Error} where credentials are missing or the address is not safe.
 */
export function unigateGateway(options: UnigateOptions = {}): Gateway {
  return new Unigate(options);
}
