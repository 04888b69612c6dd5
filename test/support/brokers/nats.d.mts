/** Types of `nats.mjs`. */
import type { AnyBroker, AnyBrokerOptions } from './broker.mjs';

export function whyNoNats(): string | undefined;
export function startNats(options?: AnyBrokerOptions): Promise<AnyBroker>;
