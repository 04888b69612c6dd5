/**
 * A project of somebody who uses this package, made of the samples of the documentation: a folder with them as modules, in
 * which the package and the packages beside it are installed. It checks their types and builds them for a page.
 * It does not run them.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { build } from 'vite';
import { root } from '../scripts/run-script.js';
import { placeOf, type Sample } from './fences.js';

/** Lines before a sample in its module. */
const LINES_BEFORE = 1;

export interface SampleModule {
  readonly sample: Sample;
  /** Its file, without the ending. */
  readonly name: string;
  readonly isTypeScript: boolean;
  /** Whether it is for Node, and not for a page. */
  readonly isForNode: boolean;
}

/** Samples that are modules, and the scripts inside of pages. */
export function modulesOf(samples: readonly Sample[]): SampleModule[] {
  return samples.flatMap((sample) => {
    const scripts =
      sample.language === 'html' ? inlineScripts(sample) : /^[jt]s$/.test(sample.language) ? [sample] : [];
    return scripts.map((script, index) => ({
      sample: script,
      name: `${script.page.replace(/\W/g, '-')}-${String(script.line)}-${String(index)}`,
      isTypeScript: script.language === 'ts',
      isForNode: /from '(node:|magtek-elements\/simulator\/node|puppeteer-core|vitest)/.test(script.text),
    }));
  });
}

function inlineScripts(sample: Sample): Sample[] {
  return [...sample.text.matchAll(/<script(?![^>]*(?:\bsrc=|importmap))[^>]*>(.*?)<\/script>/gs)].map(
    ({ 1: text = '', index }) => ({
      ...sample,
      text,
      line: sample.line + sample.text.slice(0, sample.text.indexOf('>', index) + 1).split('\n').length - 1,
      words: [],
    }),
  );
}

export class SampleProject {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-samples-'));
  private readonly modules: readonly SampleModule[];

  constructor(modules: readonly SampleModule[]) {
    this.modules = modules;
    const installed = path.join(this.folder, 'node_modules');
    mkdirSync(installed);
    for (const name of readdirSync(path.join(root, 'node_modules'))) {
      if (!name.startsWith('.')) symlinkSync(path.join(root, 'node_modules', name), path.join(installed, name));
    }
    symlinkSync(root, path.join(installed, 'magtek-elements'));
    writeFileSync(path.join(this.folder, 'package.json'), '{ "type": "module" }\n');
    cpSync(path.join(root, 'test/guards/docs/context.mjs'), path.join(this.folder, 'context.js'));
    this.write((text) => text);
  }

  /** What is wrong with the types, each with its place in the documentation. */
  checkTypes(): string[] {
    const files = this.modules.map((module) => this.fileOf(module));
    const program = ts.createProgram([...files, path.join(this.folder, 'context.js')], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: ['node'],
      strict: true,
      noUncheckedIndexedAccess: true,
      // Plain JavaScript names no types.
      noImplicitAny: false,
      allowJs: true,
      checkJs: true,
      skipLibCheck: true,
      noEmit: true,
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      const module = this.modules.find((each) => path.resolve(this.fileOf(each)) === file?.fileName);
      if (!file || !module) return `${file?.fileName ?? ''} ${text}`;
      const { sample } = module;
      const line = sample.line + file.getLineAndCharacterOfPosition(start).line - LINES_BEFORE;
      return `${placeOf({ ...sample, line })} ${text}`;
    });
  }

  /**
   * Builds everything for pages into a folder: `all.js` with every element, and of each module for pages a file of its name.
   * @param replace What stands for the addresses of the samples when they run.
   */
  async buildForPages(replace: (text: string) => string): Promise<string> {
    this.write(replace);
    const all = path.join(this.folder, 'all.js');
    writeFileSync(
      all,
      `import 'magtek-elements';\nimport 'magtek-elements/elements/simulator';\nimport 'magtek-elements/elements/setup';\nimport 'magtek-elements/elements/receipt';\nimport 'magtek-elements/elements/updater';\n`,
    );
    const inputs = this.modules
      .filter(({ isForNode }) => !isForNode)
      .map((module) => [module.name, this.fileOf(module)]);
    await build({
      root: this.folder,
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      build: {
        outDir: 'built',
        target: 'es2022',
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: {
          input: { all, ...(Object.fromEntries(inputs) as Record<string, string>) },
          preserveEntrySignatures: 'strict',
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    });
    return path.join(this.folder, 'built');
  }

  /** The file of a module for Node, as Node runs it. */
  fileForNode(module: SampleModule): string {
    const file = this.fileOf(module);
    if (!module.isTypeScript) return file;
    const { outputText } = ts.transpileModule(module.sample.text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
    });
    const script = file.replace(/\.ts$/, '.mjs');
    writeFileSync(script, outputText);
    return script;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private fileOf({ name, isTypeScript }: SampleModule): string {
    return path.join(this.folder, `${name}.${isTypeScript ? 'ts' : 'js'}`);
  }

  private write(replace: (text: string) => string): void {
    for (const module of this.modules) {
      const { words, text } = module.sample;
      const names = words.filter((word) => !word.includes('='));
      const taken = names.length === 0 ? '' : `import { ${names.join(', ')} } from './context.js';`;
      writeFileSync(this.fileOf(module), `${taken}\n${replace(text)}\nexport {};\n`);
    }
  }
}
