/**
 * The elements of an XML text that hold text and no other elements, as the vendor's verb XML2JSON shows them: answers of gateways and
 * services. What browsers have for XML is a place where pages with trusted types let no text in, and Node has nothing.
 */

/** The text of one element. */
export interface XmlValue {
  readonly name: string;
  readonly text: string;
}

/** What is wrong with an XML text, and at which character. */
export class XmlError extends Error {
  /** Index of the character. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'XmlError';
    this.offset = offset;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A start tag with its attributes, an end tag, or what holds no element. */
const MARKUP =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|\?[\s\S]*?\?>|(\/?)([\p{L}_:][\p{L}\p{N}._:-]*)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/uy;

/** Element of the vendor's gateways whose text is an XML text itself [PJ]. */
const INNER = 'Payload';
/** XML texts inside each other. */
const MOST_INNER = 3;

/** An element that has not ended. */
interface Open {
  readonly name: string;
  text: string;
  hasElements: boolean;
}

/**
 * The values, in their order. What stands in front of the first element is left out.
 * @throws {XmlError} where it is not well-formed, or has a document type.
 */
export function readXmlValues(xml: string, inner = MOST_INNER): readonly XmlValue[] {
  const values: XmlValue[] = [];
  const open: Open[] = [];
  let at = xml.indexOf('<');
  if (at < 0) throw new XmlError('there is no element', 0);
  let elements = 0;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const end = next < 0 ? xml.length : next;
    const [top] = open.slice(-1);
    const text = xml.slice(at, end);
    if (top) top.text += decoded(text, at);
    else if (text.trim() !== '') throw new XmlError('there is text outside of all elements', at);
    if (next < 0) break;
    MARKUP.lastIndex = next;
    const [whole, characters, slash, name, , isEmpty] = MARKUP.exec(xml) ?? [];
    if (whole === undefined) throw new XmlError('this is not markup that is understood', next);
    at = next + whole.length;
    if (characters !== undefined && top) top.text += characters;
    if (name === undefined) continue;
    if (slash === '/') {
      if (top?.name !== name) throw new XmlError(`</${name}> ends an element that is not open`, next);
      open.pop();
      if (!top.hasElements) values.push(...valuesOf(top, inner));
      continue;
    }
    elements++;
    if (top) top.hasElements = true;
    else if (elements > 1) throw new XmlError('there is a second outermost element', next);
    if (isEmpty === '/') values.push({ name, text: '' });
    else open.push({ name, text: '', hasElements: false });
  }
  const [unended] = open;
  if (unended) throw new XmlError(`<${unended.name}> does not end`, xml.length);
  if (elements === 0) throw new XmlError('there is no element', 0);
  return values;
}

function valuesOf({ name, text }: Open, inner: number): readonly XmlValue[] {
  if (name !== INNER || inner === 0 || !text.includes('<')) return [{ name, text: text.trim() }];
  try {
    return readXmlValues(text, inner - 1);
  } catch {
    return [{ name, text: text.trim() }];
  }
}

/** Text with its entities and character references resolved. */
function decoded(text: string, at: number): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,10});?/gi, (found, body: string, index: number) => {
    const point = /^#x/i.test(body) ? parseInt(body.slice(2), 16) : body.startsWith('#') ? Number(body.slice(1)) : NaN;
    const value = Number.isNaN(point) ? ENTITIES[body] : point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
    if (value === undefined || !found.endsWith(';')) throw new XmlError(`${found} is not a known entity`, at + index);
    return value;
  });
}
