/** What custom-elements.json says of an element, as far as its page shows it. */
import manifest from '../../custom-elements.json' with { type: 'json' };

export interface ManifestAttribute {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface ManifestDeclaration {
  readonly tagName?: string;
  readonly attributes?: readonly ManifestAttribute[];
}

/** Attributes of an element that a page may set; which reader it belongs to is not one of them here. */
export function attributesOf(tag: string): readonly ManifestAttribute[] {
  const declarations = manifest.modules.flatMap((module) => module.declarations as readonly ManifestDeclaration[]);
  const found = declarations.find(({ tagName }) => tagName === tag);
  return (found?.attributes ?? []).filter(({ name }) => !OF_THE_STAGE.has(name));
}

/** What the stage itself decides. */
const OF_THE_STAGE: ReadonlySet<string> = new Set(['for', 'state', 'url', 'simulated', 'transport', 'device']);
