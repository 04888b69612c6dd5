/**
 * The language of the panel's first look, as its parts use it.
 */
import type { panelWords } from '../shared/language/english/panel.js';
import type { Language } from '../shared/language/language-controller.js';

export type PanelLanguage = Language<keyof typeof panelWords>;
