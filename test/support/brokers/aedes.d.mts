/** Types of `aedes.mjs`. */
import type { AnyBroker, AnyBrokerOptions } from './broker.mjs';

export function whyNoAedes(): string | undefined;
export function startAedes(options?: AnyBrokerOptions): Promise<AnyBroker>;
