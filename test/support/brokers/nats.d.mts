/** Types of `nats.mjs`. */
import type { AnyBroker, AnyBrokerOptions } from './broker.mjs';
import type { PrivateProcess } from './private-process.mjs';

export interface NatsNode extends PrivateProcess {
  readonly url: string;
  readonly tcpUrl: string;
}

export interface NatsCluster {
  readonly nodes: readonly NatsNode[];
  close(): Promise<void>;
}

export function whyNoNats(): string | undefined;
export function startNats(options?: AnyBrokerOptions): Promise<AnyBroker>;
export function startNatsCluster(size?: number): Promise<NatsCluster>;
