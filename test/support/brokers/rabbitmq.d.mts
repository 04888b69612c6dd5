/** Types of `rabbitmq.mjs`. */
import type { AnyBroker, AnyBrokerOptions } from './broker.mjs';

export function whyNoRabbitmq(): string | undefined;
export function startRabbitmq(options?: AnyBrokerOptions): Promise<AnyBroker>;
