/**
 * The manifest says of each element what is in its folder: no part, event or custom property more, and none less.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface Named {
  readonly name: string;
}

interface Declaration extends Named {
  readonly tagName?: string;
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly events?: readonly { readonly name: string; readonly type: { readonly text: string } }[];
}

interface Module {
  readonly path: string;
  readonly declarations: readonly Declaration[];
}

const root = path.resolve(import.meta.dirname, '../../..');
const { modules } = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
  modules: readonly Module[];
};
const elements = modules.flatMap((module) =>
  module.declarations.flatMap((declaration) =>
    declaration.tagName === undefined ? [] : [{ tag: declaration.tagName, declaration, code: codeBeside(module.path) }],
  ),
);

/** The source of everything in the folder of a published module and of the shared views in it, without its documentation. */
function codeBeside(published: string): string {
  const folder = path.join(root, path.dirname(published).replace(/^dist/, 'src'));
  const read = (file: string): string => readFileSync(file, 'utf8').replace(/\/\*\*.*?\*\//gs, '');
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(path.join(folder, file)))
    .join('\n');
  const shared = [...own.matchAll(/'\.\.\/shared\/([\w-]+)\.js'/g)].map(([, name]) =>
    read(path.join(root, `src/elements/shared/${name as string}.ts`)),
  );
  return [own, ...shared.filter((code) => code.includes(' part="'))].join('\n');
}

const sharedLook = readFileSync(path.join(root, 'src/elements/shared/base-styles.ts'), 'utf8');

/** What the first group that matched holds, each once, in order. */
const all = (code: string, pattern: RegExp): string[] =>
  [...new Set([...code.matchAll(pattern)].map(([, first, second]) => first ?? second ?? ''))].sort();

const names = (declared: readonly Named[] = []): string[] => declared.map(({ name }) => name).sort();

test('there are elements', () => {
  expect(elements.map(({ tag }) => tag)).toContain('magtek-reader');
});

describe.each(elements)('$tag', ({ tag, declaration, code }) => {
  test('has the parts that it declares', () => {
    const lists = all(code, /\spart(?:="|: ')([^"'$]+)["']/g);
    expect([...new Set(lists.flatMap((list) => list.split(/\s+/)))].sort()).toEqual(names(declaration.cssParts));
  });

  test('dispatches the events that it declares', () => {
    const classes = declaration.events?.map(({ type }) => type.text).sort() ?? [];
    expect(all(code, /new (Magtek\w+Event)\(|:\s*(Magtek\w+Event),/g)).toEqual(classes);
  });

  test('reads the custom properties that it declares, with the shared look those of all elements', () => {
    const read = code.includes('baseStyles') ? sharedLook + code : code;
    expect(all(read, /var\((--magtek-[\w-]+)/g)).toEqual(names(declaration.cssProperties));
  });

  test('has the class that its tag promises', () => {
    const camel = tag.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(declaration.name).toBe(camel);
  });
});
