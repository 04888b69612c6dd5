/** The attribute `auto-connect`: no, yes, or `always`. */
import { booleanAttribute } from '../shared/boolean-attribute.js';

export const autoConnectAttribute = {
  fromAttribute: (text: string | null): boolean | 'always' =>
    text === 'always' ? 'always' : booleanAttribute.fromAttribute(text),
};
