/** Facts of the manifest about a tag, for those who compare something with it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/run-script.js';

interface Named {
  readonly name: string;
}

interface Property extends Named {
  readonly default?: string;
  readonly description?: string;
}

export interface Tag {
  readonly tagName: string;
  readonly attributes?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly events?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Property[];
  readonly cssStates?: readonly Named[];
}

const { modules } = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
  readonly modules: readonly { readonly declarations: readonly Partial<Tag>[] }[];
};

const isTag = (declaration: Partial<Tag>): declaration is Tag => declaration.tagName !== undefined;

/** Every tag of the package. */
export const tags: readonly Tag[] = modules.flatMap(({ declarations }) => declarations.filter(isTag));

export const namesOf = (list: readonly Named[] = []): string[] => list.map(({ name }) => name);
