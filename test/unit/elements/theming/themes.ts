/** The themes of the demo, for tests that look at elements under them. It does not know what they look like. */

/** Their classes. */
export const themes = ['theme-night', 'theme-brand', 'theme-kiosk'] as const;

/** Puts their styles into the page of a test before its first test. */
export function loadThemes(): void {
  before(async () => {
    for (const theme of themes) {
      const answer = await fetch(`/demo/themes/${theme.replace('theme-', '')}.css`);
      if (!answer.ok) throw new Error(`${theme} is not there`);
      document.adoptedStyleSheets.push(await new CSSStyleSheet().replace(await answer.text()));
    }
  });
}
