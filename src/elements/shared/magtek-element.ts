/**
 * Base class of all elements: styles that follow them into another document. Style sheets that are made by script belong to
 * one document, so that an element which a page moves to a popup, a frame or picture-in-picture would be without.
 */
import { LitElement, type CSSResultOrNative } from 'lit';

/** The sheets of each other document; those of the page's own are Lit's. */
const sheets = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/** Base of the elements. */
export abstract class MagtekElement extends LitElement {
  /** @internal */
  adoptedCallback(): void {
    if (this.shadowRoot) dress(this.shadowRoot, stylesOf(this));
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    // Lit would give it sheets of the page's own document, which browsers refuse.
    const { shadowRootOptions } = this.constructor as typeof LitElement;
    // eslint-disable-next-line wc/attach-shadow-constructor -- as Lit does: a root that came with the HTML is taken over
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    this.renderOptions.renderBefore ??= root.firstChild;
    dress(root, stylesOf(this));
    return root;
  }
}

const stylesOf = (element: Element): readonly CSSResultOrNative[] =>
  (element.constructor as typeof LitElement).elementStyles;

function dress(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  // Where sheets cannot be shared Lit writes them into the root, and they move with it.
  if (!('adoptedStyleSheets' in root)) return;
  root.adoptedStyleSheets = styles.flatMap((style) => sheetFor(style, root.ownerDocument) ?? []);
}

/** Undefined for a document that is not shown. */
function sheetFor(style: CSSResultOrNative, place: Document): CSSStyleSheet | undefined {
  if (!('cssText' in style)) return style;
  if (place === document) return style.styleSheet;
  const view = place.defaultView;
  if (!view) return undefined;
  const known = sheets.get(place) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  sheets.set(place, known);
  let sheet = known.get(style);
  if (!sheet) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    known.set(style, sheet);
  }
  return sheet;
}
