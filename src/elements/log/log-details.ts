/**
 * One entry of a log in full: its parts as a tree, and its bytes. The part that is pointed at is marked in the bytes.
 * It does not know the rows, nor where the entry comes from.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { JournalEntry } from '../../journal/journal.js';
import { spacedHex, toHex } from '../../mms/hex.js';
import { messageTree, type TreeNode } from '../../mms/tree.js';
import { errorHelp } from '../../language/error-words.js';
import { logDetailsWords } from '../../language/english/log-parts.js';
import type { Language } from '../../language/language-controller.js';
import { copyForms, copyFormsOf, type CopyFormName } from './copy-forms.js';
import type { Counterpart } from './counterpart.js';

export interface DetailsActions {
  copy(text: string, what: string): void;
  /** Goes to the answer of a request, or to the request of an answer. */
  goToOther(): void;
  close(): void;
}

/** Bytes that are shown; the rest can be copied. */
const MOST_BYTES = 4096;
const BYTES_A_LINE = 16;

/** Levels of the tree that are indented further. */
const MOST_LEVELS = 8;

/** A part that is not folded away, with its place in the tree. */
interface VisibleNode {
  readonly node: TreeNode;
  /** Indexes from the root, with dots between. */
  readonly path: string;
  readonly level: number;
  readonly index: number;
  readonly count: number;
}

export class LogDetails {
  private readonly host: ReactiveControllerHost;
  private readonly language: Language<keyof typeof logDetailsWords>;
  private readonly actions: DetailsActions;
  private sequence: number | undefined;
  private tree: readonly TreeNode[] = [];
  private readonly folded = new Set<string>();
  /** Path of the part that the keyboard is at. */
  private active = '0';
  /** The part that the pointer is at. */
  private hovered: TreeNode | undefined;

  constructor(host: ReactiveControllerHost, language: Language, actions: DetailsActions) {
    this.host = host;
    this.language = language.with(logDetailsWords);
    this.actions = actions;
  }

  /** @param other Which the other half of the entry is, where there is one. */
  render(entry: JournalEntry, other: Counterpart['which'] | undefined): TemplateResult {
    const { language } = this;
    const { message, data } = entry;
    if (entry.sequence !== this.sequence) {
      this.sequence = entry.sequence;
      this.tree = message ? messageTree(message) : [];
      this.folded.clear();
      this.active = '0';
      this.hovered = undefined;
    }
    return html`
      <section
        class="details"
        part="details"
        aria-label=${language.text('log.entry', { number: language.number(entry.sequence) })}
        @keydown=${this.keyed}
      >
        <header>
          <strong lang="en" dir="auto">${entry.text}</strong>
          <span class="buttons">
            ${other ? html`<button part="button" @click=${this.actions.goToOther}>${language.text(`log.to-${other}`)}</button>` : nothing}
            <select
              part="copy"
              aria-label=${language.text('log.copy-as')}
              @change=${(event: Event) => {
                this.copy(entry, event.target as HTMLSelectElement);
              }}
            >
              <option value="">${language.text('log.copy-as')}</option>
              ${copyFormsOf(entry).map((form) => html`<option value=${form}>${language.text(copyForms[form].title)}</option>`)}
            </select>
            <button part="button" aria-label=${language.text('log.close-details')} @click=${this.actions.close}>
              ✕
            </button>
          </span>
        </header>
        ${entry.error ? html`<p class="bad">${errorHelp(language, entry.error)}</p>` : nothing}
        <div class="halves">
          ${message ? html`${this.treeTemplate()} ${this.bytesTemplate(message.bytes)}` : nothing}
          ${message === undefined && data !== undefined ? html`<code class="data" dir="ltr">${data.slice(0, MOST_BYTES)}</code>` : nothing}
        </div>
      </section>
    `;
  }

  private treeTemplate(): TemplateResult {
    return html`
      <div
        class="tree"
        part="tree"
        role="tree"
        aria-label=${this.language.text('log.parts')}
        dir="ltr"
        tabindex="0"
        aria-activedescendant="node-${this.active}"
        @keydown=${this.treeKeyed}
        @click=${this.clicked}
        @pointerleave=${() => {
          this.hover(undefined);
        }}
      >
        ${this.visible().map((visible) => this.nodeTemplate(visible))}
      </div>
    `;
  }

  private nodeTemplate({ node, path, level, index, count }: VisibleNode): TemplateResult {
    const { tag, label, reading, start, end, children } = node;
    const isOpen = !this.folded.has(path);
    const place = `${String(start)}–${String(end - 1)}`;
    return html`
      <div
        id="node-${path}"
        class="node level-${Math.min(level, MOST_LEVELS)} ${path === this.active ? 'active' : ''}"
        role="treeitem"
        lang="en"
        aria-label=${[tag, label, reading, place].filter(Boolean).join(' ')}
        aria-level=${level}
        aria-posinset=${index + 1}
        aria-setsize=${count}
        aria-expanded=${ifDefined(children && truth(isOpen))}
        aria-selected=${truth(path === this.active)}
        @pointerenter=${() => {
          this.hover(node);
        }}
      >
        <span class="twisty" aria-hidden="true">${children ? (isOpen ? '▾' : '▸') : ''}</span>
        ${tag ? html`<code class="tag">${tag}</code>` : nothing}
        <span>${label}</span>
        <code class="reading">${reading}</code>
        <span class="place">${place}</span>
      </div>
    `;
  }

  private bytesTemplate(bytes: Uint8Array): TemplateResult {
    const shown = bytes.subarray(0, MOST_BYTES);
    const marked = this.hovered ?? this.activeNode();
    const lines = Array.from({ length: Math.ceil(shown.length / BYTES_A_LINE) }, (_, line) => line * BYTES_A_LINE);
    return html`
      <div class="bytes" part="hex" role="group" aria-label=${this.language.text('log.bytes')} tabindex="0">
        ${lines.map((start) => lineTemplate(shown.subarray(start, start + BYTES_A_LINE), start, marked))}
        ${
          bytes.length > shown.length
            ? html`<p class="quiet">${this.language.count('log.more-bytes', bytes.length - shown.length)}</p>`
            : nothing
        }
      </div>
    `;
  }

  private visible(): VisibleNode[] {
    const list: VisibleNode[] = [];
    const add = (nodes: readonly TreeNode[], prefix: string, level: number): void => {
      for (const [index, node] of nodes.entries()) {
        const path = `${prefix}${String(index)}`;
        list.push({ node, path, level, index, count: nodes.length });
        if (node.children && !this.folded.has(path)) add(node.children, `${path}.`, level + 1);
      }
    };
    add(this.tree, '', 1);
    return list;
  }

  private activeNode(): TreeNode | undefined {
    return this.visible().find(({ path }) => path === this.active)?.node;
  }

  private hover(node: TreeNode | undefined): void {
    if (node === this.hovered) return;
    this.hovered = node;
    this.host.requestUpdate();
  }

  private fold(path: string, isFolded: boolean): void {
    if (isFolded) this.folded.add(path);
    else this.folded.delete(path);
  }

  private readonly clicked = (event: MouseEvent): void => {
    const path = (event.target as Element).closest('.node')?.id.slice('node-'.length);
    const chosen = this.visible().find((visible) => visible.path === path);
    if (!chosen) return;
    this.active = chosen.path;
    if (chosen.node.children) this.fold(chosen.path, !this.folded.has(chosen.path));
    this.host.requestUpdate();
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.actions.close();
  };

  /** The keys of a tree as the ARIA practices have them. */
  private readonly treeKeyed = (event: KeyboardEvent): void => {
    const list = this.visible();
    const at = list.findIndex(({ path }) => path === this.active);
    const current = list[at];
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const { path, node } = current;
    const isOpen = node.children !== undefined && !this.folded.has(path);
    let next = path;
    switch (event.key) {
      case 'ArrowDown':
        next = list[at + 1]?.path ?? path;
        break;
      case 'ArrowUp':
        next = list[at - 1]?.path ?? path;
        break;
      case 'Home':
        next = list[0]?.path ?? path;
        break;
      case 'End':
        next = list.at(-1)?.path ?? path;
        break;
      case 'ArrowRight':
        if (isOpen) next = `${path}.0`;
        else this.fold(path, false);
        break;
      case 'ArrowLeft':
        if (isOpen) this.fold(path, true);
        else next = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : path;
        break;
      default:
        return;
    }
    event.preventDefault();
    this.active = next;
    this.hovered = undefined;
    this.host.requestUpdate();
    const tree = event.currentTarget as HTMLElement;
    queueMicrotask(() => {
      tree.querySelector(`[id="node-${next}"]`)?.scrollIntoView({ block: 'nearest' });
    });
  };

  private copy(entry: JournalEntry, select: HTMLSelectElement): void {
    const { title, make } = copyForms[select.value as CopyFormName];
    select.value = '';
    this.actions.copy(make(entry), this.language.text(title));
  }
}

const truth = (is: boolean): 'true' | 'false' => (is ? 'true' : 'false');

/** A line of bytes: place, hexadecimal digits, characters; those of the marked part stand out. */
function lineTemplate(bytes: Uint8Array, start: number, marked: TreeNode | undefined): TemplateResult {
  const from = Math.min(Math.max((marked?.start ?? 0) - start, 0), bytes.length);
  const to = Math.min(Math.max((marked?.end ?? 0) - start, from), bytes.length);
  const hex = (a: number, b: number): string => spacedHex(toHex(bytes.subarray(a, b)));
  const text = (a: number, b: number): string =>
    Array.from(bytes.subarray(a, b), (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
  const threeParts = (show: (a: number, b: number) => string, gap: string): TemplateResult =>
    html`${show(0, from)}${from > 0 && to > from ? gap : ''}${to > from ? html`<mark>${show(from, to)}</mark>` : nothing}${
      to < bytes.length && to > 0 ? gap : ''
    }${show(to, bytes.length)}`;
  return html`<div class="line" dir="ltr">
    <span class="place">${start.toString(16).toUpperCase().padStart(4, '0')}</span>
    <code>${threeParts(hex, ' ')}</code>
    <code class="characters" aria-hidden="true">${threeParts(text, '')}</code>
  </div>`;
}
