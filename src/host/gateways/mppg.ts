/**
 * Magensa's MPPG v4, its JSON: the same service as its SOAP, with numbers for enumerations [MPPG v4.0 Programmer's Reference].
 * It cannot be asked how a payment ended that got no answer: such a sale stays `unknown` until a person has looked it up.
 */
import type { AuthorizeRequest, Gateway, GatewayAnswer, OperationKind, PaymentRequest } from '../gateway.js';
import { accountCurrency, toService, type AmountUnit } from './amounts.js';
import { arqcFacts, type PaymentMode } from './arqc-facts.js';
import { decimal, fieldsOf, inner, text } from './fields.js';
import { asUnknown, readAnswer, type MagensaAnswer } from './magensa-answer.js';
import { notWhole, otherCurrency } from './not-sent.js';
import { processorOf } from './processors.js';
import { readReference } from './reference.js';
import { readCredentials, requestOnce, serviceAddress, type Credentials, type Environment } from './service.js';

export interface MppgOptions {
  /** Which processor, in its exact spelling, e.g. `TSYS - Pilot`: it also says whether it is a test. */
  readonly processorName: string;
  /** Default `https://mppg.magensa.net/v4/MPPGv4Service.svc`. */
  readonly address?: string;
  /** `AUTHORIZE` holds the amount until `capture`. Default `SALE`. */
  readonly transactionType?: 'SALE' | 'AUTHORIZE';
  /** Default: what the ARQC says. */
  readonly paymentMode?: PaymentMode;
  /** Default: what the processor wants, where it is a known one, else `dollars`. */
  readonly amountUnit?: AmountUnit;
  /** The currency of the merchant's account: requests carry none. Sales in others are declined here. Default `USD`. */
  readonly currency?: string;
  /** Extras of the processor, e.g. `deviceID` for TSYS. */
  readonly details?: readonly { readonly key: string; readonly value: string }[];
  /**
   * Takes an approval although the service has seen the card data before, as its pilot says of fresh payments too. Default false:
   * it is `unknown`.
   */
  readonly acceptReplay?: boolean;
  /** Where `MAGENSA_CUSTOMER_CODE`, `MAGENSA_USERNAME` and `MAGENSA_PASSWORD` are. Default `process.env`. */
  readonly environment?: Environment;
}

const ADDRESS = 'https://mppg.magensa.net/v4/MPPGv4Service.svc';

const transactionTypes = { SALE: 1, AUTHORIZE: 2, CAPTURE: 3, VOID: 4, REFUND: 5 } as const;
const paymentModes = { MagStripe: 1, EMV: 2 } as const;
const DATA_FORMAT_TLV = 0;

/** Which transaction type does what is asked for later. */
const typeOf = { void: 'VOID', reverse: 'VOID', refund: 'REFUND', capture: 'CAPTURE' } as const;

/** Faults after which the processor may have been asked: it was not reached, or the service has failed. */
const UNKNOWN_FAULTS = ['721', '5000'];
/** Faults of a request that was not carried out: fields, credentials, decryption, JSON. */
const REFUSED_FAULT = /^(?:6\d\d|7\d\d|DeserializationFailed)$/;

class Mppg {
  private readonly options: MppgOptions;
  private readonly address: URL;
  private readonly credentials: Credentials;
  private readonly unit: AmountUnit;
  private readonly currency: string;

  constructor(options: MppgOptions) {
    this.options = options;
    this.address = serviceAddress(options.address ?? ADDRESS);
    this.credentials = readCredentials(options.environment ?? process.env);
    this.unit = options.amountUnit ?? processorOf(options.processorName).unit;
    this.currency = accountCurrency(options.currency);
  }

  async authorize({ transactionId, amount, currency, arqc, ksn, signal }: AuthorizeRequest): Promise<GatewayAnswer> {
    if (currency !== this.currency) return otherCurrency(this.currency);
    const { transactionType = 'SALE', paymentMode, acceptReplay = false } = this.options;
    const facts = arqcFacts(arqc);
    if (!facts) return notWhole;
    const {
      answer,
      isReplay,
      transactionId: echoed,
    } = await this.post('ProcessData', signal, {
      CustomerTransactionID: transactionId,
      DataInput: {
        Data: arqc,
        DataFormatType: DATA_FORMAT_TLV,
        EncryptionInfo: { EncryptionType: facts.encryption, KSN: ksn, NumberOfPaddedBytes: 0 },
        IsEncrypted: true,
        PaymentMode: paymentModes[paymentMode ?? facts.paymentMode],
      },
      TransactionInput: this.transactionInput(transactionType, amount),
    });
    if (answer.outcome !== 'approved') return answer;
    if (echoed !== undefined && echoed !== transactionId) {
      return asUnknown(answer, 'The gateway answered about another payment.');
    }
    if (!isReplay || acceptReplay) return answer;
    return asUnknown(answer, 'The gateway has seen these card data before: look the payment up.');
  }

  async refer(kind: OperationKind, { amount, reference, signal }: PaymentRequest): Promise<GatewayAnswer> {
    const { transactionID, authCode } = readReference(reference);
    if (transactionID === undefined) {
      return { outcome: 'unknown', message: 'The processor’s id of the payment is not known.' };
    }
    const { answer } = await this.post('ProcessReferenceID', signal, {
      TransactionInput: {
        ...this.transactionInput(typeOf[kind], amount),
        ReferenceTransactionID: transactionID,
        ...(authCode === undefined ? {} : { ReferenceAuthCode: authCode }),
      },
    });
    return answer;
  }

  private transactionInput(type: keyof typeof transactionTypes, amount: string): object {
    const { processorName, details = [] } = this.options;
    return {
      Amount: toService(amount, this.currency, this.unit),
      ProcessorName: processorName,
      TransactionType: transactionTypes[type],
      TransactionInputDetails: details,
    };
  }

  private async post(operation: string, signal: AbortSignal, request: object): Promise<MagensaAnswer> {
    const { customerCode, username, password } = this.credentials;
    const Authentication = { CustomerCode: customerCode, Username: username, Password: password };
    const { status, json } = await requestOnce(new URL(`JSON/${operation}`, this.address), {
      ...{ method: 'POST', signal },
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      // It takes a list and works it off; the kit always sends one.
      body: JSON.stringify([{ Authentication, ...request, AdditionalRequestData: [] }]),
    });
    const fields = fieldsOf(Array.isArray(json) ? (json.length === 1 ? (json as unknown[])[0] : undefined) : json);
    const isFault = (fields.get('mppgv4wsfault') ?? null) !== null;
    if (isFault) {
      const fault = inner(fields, 'MPPGv4WSFault');
      const refusal = readFault(decimal(fault, 'FaultCode'), text(fault, 'FaultReason'));
      // A refused request has no decision: with one beside it nobody knows.
      return {
        answer: inner(fields, 'TransactionOutput').size > 0 ? { ...refusal, outcome: 'unknown' } : refusal,
        ...NO_MORE,
      };
    }
    if (status < 200 || status > 299) {
      const message = `The gateway answered with status ${String(status)}.`;
      return { answer: { outcome: 'unknown', message }, ...NO_MORE };
    }
    const keepsResponse = processorOf(this.options.processorName).name === 'Rapid Connect';
    return readAnswer(fields, { currency: this.currency, unit: this.unit, keepsResponse });
  }
}

const NO_MORE = { isReplay: false, transactionId: undefined } as const;

function readFault(code = '', reason = ''): GatewayAnswer {
  const message = `The gateway refused the request: ${code} ${reason}`.trim();
  const isRefused = REFUSED_FAULT.test(code) && !UNKNOWN_FAULTS.includes(code);
  return { outcome: isRefused ? 'declined' : 'unknown', message };
}

/**
 * MPPG v4. Only `IsTransactionApproved: true` approves. Later operations are there where the processor offers them by its own id.
 *
 * @throws {Error} where credentials are missing or the address is not safe.
 */
export function mppgGateway(options: MppgOptions): Gateway {
  const mppg = new Mppg(options);
  const later = processorOf(options.processorName).operations.map((kind) => [
    kind,
    (request: PaymentRequest) => mppg.refer(kind, request),
  ]);
  return {
    name: 'mppg',
    authorize: (request) => mppg.authorize(request),
    ...(Object.fromEntries(later) as Partial<Gateway>),
  };
}
