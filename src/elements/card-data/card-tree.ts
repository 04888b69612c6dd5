/**
 * A tree of named parts that can be walked by keyboard, with one part chosen.
 * It does not know what the parts mean or where they come from.
 */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { TreeNode } from '../../mms/tree.js';

/** A part with what stands around it. */
interface Placed {
  readonly node: TreeNode;
  /** Indexes from the root, with dots between. */
  readonly path: string;
  readonly level: number;
  readonly index: number;
  readonly count: number;
}

/** Levels of the tree that are indented further. */
const MOST_LEVELS = 8;

export class CardTree {
  private readonly host: LitElement;
  private root: TreeNode | undefined;
  private readonly folded = new Set<string>();
  private path = '0';

  constructor(host: LitElement) {
    this.host = host;
  }

  /** The part that is chosen. */
  get chosen(): TreeNode | undefined {
    return this.visible().find(({ path }) => path === this.path)?.node;
  }

  show(root: TreeNode | undefined): void {
    this.root = root;
    this.folded.clear();
    this.path = '0';
  }

  /** @param label What the tree is called. */
  render(label: string): TemplateResult | typeof nothing {
    return this.root
      ? html`<div
          class="tree"
          part="tree"
          role="tree"
          aria-label=${label}
          @keydown=${this.keyed}
          @click=${this.clicked}
        >
          ${this.visible().map((placed) => this.item(placed))}
        </div>`
      : nothing;
  }

  private item({ node, path, level, index, count }: Placed): TemplateResult {
    const { tag, label, reading, children } = node;
    const isOpen = !this.folded.has(path);
    const isChosen = path === this.path;
    return html`
      <div
        class="node level-${Math.min(level, MOST_LEVELS)}"
        role="treeitem"
        lang="en"
        dir="ltr"
        data-path=${path}
        tabindex=${isChosen ? 0 : -1}
        aria-label=${[tag, label, reading].filter(Boolean).join(' ')}
        aria-level=${level}
        aria-posinset=${index + 1}
        aria-setsize=${count}
        aria-selected=${isChosen ? 'true' : 'false'}
        aria-expanded=${ifDefined(children && (isOpen ? 'true' : 'false'))}
      >
        <span class="twisty" aria-hidden="true">${children ? (isOpen ? '▾' : '▸') : ''}</span>
        ${tag === undefined ? nothing : html`<code class="tag">${tag}</code>`}
        <span>${label}</span>
        <code class="reading">${reading}</code>
      </div>
    `;
  }

  private visible(): Placed[] {
    const list: Placed[] = [];
    const add = (nodes: readonly TreeNode[], prefix: string, level: number): void => {
      for (const [index, node] of nodes.entries()) {
        const path = `${prefix}${String(index)}`;
        list.push({ node, path, level, index, count: nodes.length });
        if (node.children && !this.folded.has(path)) add(node.children, `${path}.`, level + 1);
      }
    };
    if (this.root) add([this.root], '', 1);
    return list;
  }

  private fold(path: string, isFolded: boolean): void {
    if (isFolded) this.folded.add(path);
    else this.folded.delete(path);
  }

  private choose(path: string): void {
    this.path = path;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      this.host.renderRoot.querySelector<HTMLElement>(`[data-path="${path}"]`)?.focus();
    });
  }

  private readonly clicked = (event: MouseEvent): void => {
    const { path = '' } = (event.target as Element).closest<HTMLElement>('[data-path]')?.dataset ?? {};
    const found = this.visible().find((placed) => placed.path === path);
    if (!found) return;
    if (found.node.children) this.fold(path, !this.folded.has(path));
    this.choose(path);
  };

  /** The keys of a tree as the ARIA practices have them. */
  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const list = this.visible();
    const at = list.findIndex(({ path }) => path === this.path);
    const current = list[at];
    if (!current) return;
    const next = this.afterKey(event.key, list, at, current);
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
  };

  /** The path that a key leads to; undefined for keys that mean nothing here. */
  private afterKey(key: string, list: readonly Placed[], at: number, { node, path }: Placed): string | undefined {
    const isOpen = node.children !== undefined && !this.folded.has(path);
    switch (key) {
      case 'ArrowDown':
        return list[at + 1]?.path ?? path;
      case 'ArrowUp':
        return list[at - 1]?.path ?? path;
      case 'Home':
        return '0';
      case 'End':
        return list.at(-1)?.path;
      case 'ArrowRight':
        if (isOpen) return list[at + 1]?.path;
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
