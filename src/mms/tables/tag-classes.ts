/**
 * The tags of card data that hold others, and those that must not be shown: all that redaction has to know of them, apart from their
 * names. Sources: those of the rows in `tags.ts`.
 */

const containers: ReadonlySet<string> = new Set(
  'F9 FA 70 F0 F1 F2 F3 F4 F5 F7 F8 FC FE FF42 FF74 61 6F 71 72 73 77 BF0C'.split(' '),
);

/** What is shown in card data (`redaction/card-data.ts`) is not hidden by being here: to hide it, take it out there. */
const sensitive: ReadonlySet<string> = new Set(
  (
    'F2 F3 F4 F5 F7 F8 FC FF42 DFDF25 DFDF31 DFDF33 DFDF35 DFDF36 DFDF37 DFDF38 DFDF39 DFDF3A DFDF3B DFDF3C DFDF3E DFDF41 ' +
    'DFDF43 DFDF4D DFDF50 DFDF54 DFDF56 DFDF59 DFDFDF37 DF74 DF7A 99 42 56 57 5A 5F20 5F24 5F30 9F0B 9F1E 9F1F 9F20 9F24 ' +
    '9F26 5F53 9F61 9F62 9F6B 9F6E 9F7C DF812A DF812B CE'
  ).split(' '),
);

/**
 * Whether a tag is that of a container of card data, or of an EMV template in one. The template A5 is not among them: outside of
 * card data it is what each command says.
 */
export const isContainerTag = (tag: string): boolean => containers.has(tag);

/** Whether the value of a tag identifies a card, a person or a reader, or is secret. */
export const isSensitiveTag = (tag: string): boolean => sensitive.has(tag);
