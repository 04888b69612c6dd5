/** Looks of `<magtek-device-info>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(8rem, 2fr) 3fr;
    gap: 0.35rem 0.75rem;
    margin-block: 0.75rem 0;
  }
  dt {
    color: var(--_text-quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  @container (max-inline-size: 24rem) {
    dl {
      display: block;
    }
    dd {
      margin-block-end: 0.6rem;
    }
  }
`;
