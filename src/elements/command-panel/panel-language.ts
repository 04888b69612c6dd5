/**
 * The language of the panel's first look, as its parts use it.
 */
import type { panelWords } from '../../language/english/panel.js';
import type { Language } from '../../language/language-controller.js';

export type PanelLanguage = Language<keyof typeof panelWords>;
