/** The English words of all elements in one, for tests of what a page or another language brings. */
import { cardDataWords } from '../../src/language/english/card-data.js';
import { deviceInfoWords } from '../../src/language/english/device-info.js';
import { displayWords } from '../../src/language/english/display.js';
import { logWords } from '../../src/language/english/log.js';
import { logDetailsWords, logReplayWords, logStatisticsWords } from '../../src/language/english/log-parts.js';
import { panelWords } from '../../src/language/english/panel.js';
import { formWords, scriptWords } from '../../src/language/english/panel-parts.js';
import { propertyWords } from '../../src/language/english/properties.js';
import { setupWords } from '../../src/language/english/setup.js';
import { signatureWords } from '../../src/language/english/signature.js';
import { simulatorWords } from '../../src/language/english/simulator.js';
import { statusWords } from '../../src/language/english/status.js';
import { transactionWords } from '../../src/language/english/transaction.js';

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
  ...setupWords,
  ...signatureWords,
  ...simulatorWords,
  ...statusWords,
  ...transactionWords,
} as const;
