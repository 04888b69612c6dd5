/**
 * Answers to sales for which a gateway is not asked at all: no money has moved.
 */
import type { GatewayAnswer } from '../gateway.js';

/** The currency is not that of the merchant's account, in which the gateway would charge. */
export const otherCurrency = (currency: string): GatewayAnswer => ({
  outcome: 'declined',
  message: `The gateway’s account is in ${currency}.`,
});

/** The ARQC is cut or is something else. */
export const notWhole: GatewayAnswer = { outcome: 'declined', message: 'The card data are not whole.' };
