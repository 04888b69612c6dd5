/**
 * The parts of a message as a tree (ARIA `tree`): folded and walked by pointer and keyboard, with one part chosen. Of a large
 * tree only the lines around the chosen one are rendered, so that a message of a megabyte does not stop the page.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { treeWords } from '../../language/english/common.js';
import type { Language } from '../../language/language-controller.js';
import type { TreeNode } from '../../mms/tree.js';
import { truth } from './truth.js';

/** A part that is not folded away, with its place in the tree. */
interface Line {
  readonly node: TreeNode;
  /** Indexes from the root, with dots between. */
  readonly path: string;
  readonly level: number;
  readonly index: number;
  readonly count: number;
}

export interface TreeViewOptions {
  /** Shows in each line where the part is in the message. */
  readonly showsPlaces?: boolean;
}

/** Levels of the tree that are indented further. */
const MOST_LEVELS = 8;

/** Lines that are rendered at most. */
export const MOST_LINES = 400;

/** Lines that are rendered before and behind the chosen one at least, where there are any. */
const MARGIN = 50;

const ROOT = '0';

export class TreeView {
  private readonly host: ReactiveControllerHost;
  private readonly language: Language<keyof typeof treeWords>;
  private readonly options: TreeViewOptions;
  private roots: readonly TreeNode[] = [];
  private readonly folded = new Set<string>();
  /** Those that are not folded away; undefined where that has changed. */
  private visible: readonly Line[] | undefined;
  /** Path of the chosen part. */
  private path = ROOT;
  /** First line that is rendered. */
  private first = 0;
  private pointed: TreeNode | undefined;

  constructor(host: ReactiveControllerHost, language: Language, options: TreeViewOptions = {}) {
    this.host = host;
    this.language = language.with(treeWords);
    this.options = options;
  }

  /** The part that is chosen. */
  get chosen(): TreeNode | undefined {
    return this.lines.find(({ path }) => path === this.path)?.node;
  }

  /** The part that the pointer is at. */
  get hovered(): TreeNode | undefined {
    return this.pointed;
  }

  /** Shows another tree, with all of its branches open. */
  show(roots: readonly TreeNode[]): void {
    this.roots = roots;
    this.folded.clear();
    this.visible = undefined;
    this.path = ROOT;
    this.first = 0;
    this.pointed = undefined;
  }

  /** @param label What the tree is called. */
  render(label: string): TemplateResult {
    const { first, lines } = this;
    const behind = lines.length - first - MOST_LINES;
    return html`
      <div
        class="tree"
        part="tree"
        role="tree"
        aria-label=${label}
        dir="ltr"
        tabindex="0"
        aria-activedescendant="node-${this.path}"
        @keydown=${this.keyed}
        @click=${this.clicked}
        @pointerleave=${(): void => this.point(undefined)}
      >
        ${this.moreTemplate(first, -1)} ${lines.slice(first, first + MOST_LINES).map((line) => this.lineTemplate(line))}
        ${this.moreTemplate(behind, 1)}
      </div>
    `;
  }

  private lineTemplate({ node, path, level, index, count }: Line): TemplateResult {
    const { tag, label, reading, start, end, children } = node;
    const isChosen = path === this.path;
    const isOpen = !this.folded.has(path);
    const place = this.options.showsPlaces ? `${String(start)}–${String(end - 1)}` : undefined;
    return html`
      <div
        id="node-${path}"
        class="node level-${Math.min(level, MOST_LEVELS)}"
        role="treeitem"
        lang="en"
        aria-label=${[tag, label, reading, place].filter(Boolean).join(' ')}
        aria-level=${level}
        aria-posinset=${index + 1}
        aria-setsize=${count}
        aria-selected=${truth(isChosen)}
        aria-expanded=${ifDefined(children && truth(isOpen))}
        @pointerenter=${(): void => this.point(node)}
      >
        <span class="twisty" aria-hidden="true">${children ? (isOpen ? '▾' : '▸') : ''}</span>
        ${tag ? html`<code class="tag">${tag}</code>` : nothing}
        <span>${label}</span>
        <code class="reading">${reading}</code>
        ${place === undefined ? nothing : html`<span class="place">${place}</span>`}
      </div>
    `;
  }

  /** Stands for lines that are not rendered. Keys come to them by themselves; for the pointer it is a button. */
  private moreTemplate(count: number, direction: 1 | -1): TemplateResult | typeof nothing {
    if (count <= 0) return nothing;
    return html`<div
      class="more quiet"
      aria-hidden="true"
      dir="auto"
      @click=${() => {
        this.first = this.clamped(this.first + direction * (MOST_LINES - MARGIN));
        this.host.requestUpdate();
      }}
    >
      ${this.language.count('tree.more', count)}
    </div>`;
  }

  private get lines(): readonly Line[] {
    if (this.visible) return this.visible;
    const lines: Line[] = [];
    const add = (nodes: readonly TreeNode[], prefix: string, level: number): void => {
      for (const [index, node] of nodes.entries()) {
        const path = `${prefix}${String(index)}`;
        lines.push({ node, path, level, index, count: nodes.length });
        if (node.children && !this.folded.has(path)) add(node.children, `${path}.`, level + 1);
      }
    };
    add(this.roots, '', 1);
    this.visible = lines;
    this.first = this.clamped(this.first);
    return lines;
  }

  /** The nearest line that can be the first one rendered. */
  private clamped(first: number): number {
    return Math.max(0, Math.min(first, this.lines.length - MOST_LINES));
  }

  private point(node: TreeNode | undefined): void {
    if (node === this.pointed) return;
    this.pointed = node;
    this.host.requestUpdate();
  }

  private fold(path: string, isFolded: boolean): void {
    if (isFolded) this.folded.add(path);
    else this.folded.delete(path);
    this.visible = undefined;
  }

  private choose(path: string): void {
    this.path = path;
    this.pointed = undefined;
    const at = this.lines.findIndex((line) => line.path === path);
    if (at < this.first + MARGIN || at >= this.first + MOST_LINES - MARGIN)
      this.first = this.clamped(at - MOST_LINES / 2);
    this.host.requestUpdate();
  }

  private readonly clicked = (event: MouseEvent): void => {
    const path = (event.target as Element).closest('[role=treeitem]')?.id.slice('node-'.length);
    const line = this.lines.find((candidate) => candidate.path === path);
    if (!line) return;
    if (line.node.children) this.fold(line.path, !this.folded.has(line.path));
    this.choose(line.path);
  };

  /** The keys of a tree as the ARIA practices have them. */
  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.afterKey(event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
    const tree = event.currentTarget as HTMLElement;
    void this.host.updateComplete.then(() => {
      tree.querySelector(`[id="node-${next}"]`)?.scrollIntoView({ block: 'nearest' });
    });
  };

  /** The path that a key leads to; undefined for keys that mean nothing here. */
  private afterKey(key: string): string | undefined {
    const { lines, path } = this;
    const at = lines.findIndex((line) => line.path === path);
    const line = lines[at];
    if (!line) return undefined;
    const isOpen = line.node.children !== undefined && !this.folded.has(path);
    switch (key) {
      case 'ArrowDown':
        return lines[at + 1]?.path ?? path;
      case 'ArrowUp':
        return lines[at - 1]?.path ?? path;
      case 'Home':
        return ROOT;
      case 'End':
        return lines.at(-1)?.path;
      case 'ArrowRight':
        if (isOpen) return lines[at + 1]?.path;
        this.fold(path, false);
        return path;
      case 'ArrowLeft':
        if (!isOpen) return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : path;
        this.fold(path, true);
        return path;
      default:
        return undefined;
    }
  }
}
