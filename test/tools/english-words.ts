/** The English words of all elements in one, for tests of what a page or another language brings. */
import { cardDataWords } from '../../src/elements/shared/language/english/card-data.js';
import { deviceInfoWords } from '../../src/elements/shared/language/english/device-info.js';
import { displayWords } from '../../src/elements/shared/language/english/display.js';
import { logWords } from '../../src/elements/shared/language/english/log.js';
import {
  logDetailsWords,
  logReplayWords,
  logStatisticsWords,
} from '../../src/elements/shared/language/english/log-parts.js';
import { panelWords } from '../../src/elements/shared/language/english/panel.js';
import { formWords, propertyWords, scriptWords } from '../../src/elements/shared/language/english/panel-parts.js';
import { signatureWords } from '../../src/elements/shared/language/english/signature.js';
import { simulatorWords } from '../../src/elements/shared/language/english/simulator.js';
import { statusWords } from '../../src/elements/shared/language/english/status.js';
import { transactionWords } from '../../src/elements/shared/language/english/transaction.js';

export const englishWords = {
  ...cardDataWords,
  ...deviceInfoWords,
  ...displayWords,
  ...logWords,
  ...logDetailsWords,
  ...logReplayWords,
  ...logStatisticsWords,
  ...panelWords,
  ...formWords,
  ...scriptWords,
  ...propertyWords,
  ...signatureWords,
  ...simulatorWords,
  ...statusWords,
  ...transactionWords,
} as const;
