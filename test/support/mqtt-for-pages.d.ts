/** Stands for the types of MQTT.js where the types of Node must stay out: see tsconfig.browser.json. */
import type { MqttConnect } from '../../src/transports/mqtt-library.js';

declare const mqtt: { readonly connect: MqttConnect };
export { mqtt as default };
