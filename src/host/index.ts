/**
 * Entry `magtek-elements/host`: the other half of a sale, on the shop's own server. For Node; nothing that a page loads imports it.
 */
export { createPaymentHost } from './payment-host.js';
export type { HostOperation, PaymentHost, PaymentHostOptions } from './payment-host.js';
export type { AmountOf, AskedAmounts, OrderAmount } from './orders.js';
export type { SaleAmounts } from './sale-amounts.js';
export type { Reconciliation } from './reconcile.js';
export type { HostLog } from './host-log.js';
export { toNodeHandler, type WebHandler } from './node-handler.js';
export type {
  AuthorizeRequest,
  Gateway,
  GatewayAnswer,
  GatewayOutcome,
  OperationKind,
  PaymentRequest,
} from './gateway.js';
export { sqliteLedger } from './sqlite-ledger.js';
export { postgresLedger, type PostgresPool } from './postgres-ledger.js';
export type {
  Claim,
  Ledger,
  NewOperation,
  NewSale,
  OperationClaim,
  OperationRecord,
  SaleRecord,
  SaleState,
} from './ledger.js';
export { unigateGateway, type UnigateOptions } from './gateways/unigate.js';
export { mppgGateway, type MppgOptions } from './gateways/mppg.js';
export type { AmountUnit } from './gateways/amounts.js';
export type { PaymentMode } from './gateways/arqc-facts.js';
export type { Environment } from './gateways/service.js';
export { testCardRules, testGateway, type TestCardRule, type TestGatewayOptions } from './gateways/test-gateway.js';
