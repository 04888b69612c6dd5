/** The English words of the parts of `<magtek-log>` that are loaded when they are asked for. */

import { logWords } from './log.js';

export const logDetailsWords = {
  'log.as-hex': logWords['log.as-hex'],
  'log.bytes': logWords['log.bytes'],
  'log.entry': 'Entry {number}',
  'log.to-answer': 'Go to the answer',
  'log.to-request': 'Go to the request',
  'log.copy-as': 'Copy as …',
  'log.as-base64': 'Base64',
  'log.as-json': 'JSON',
  'log.as-command': 'SENDCOMMAND line',
  'log.as-fixture': 'Test fixture',
  'log.close-details': 'Close details',
  'log.parts': 'Parts of the message',
  'log.more-bytes.one': '{count} more byte; copy to get it.',
  'log.more-bytes.other': '{count} more bytes; copy to get them all.',
} as const;

export const logStatisticsWords = {
  'log.nothing-sent': 'No command has been sent yet.',
  'log.by-command': 'Answers by command',
  'log.command': logWords['log.command'],
  'log.to-reader': logWords['log.to-reader'],
  'log.answered': 'Answered',
  'log.errors': 'Errors',
  'log.chart': 'p50 and p95, 0 to {most}',
} as const;

export const logReplayWords = {
  'replay.progress': '{count} of {all} sent',
  'replay.stop': 'Stop',
  'replay.question.one':
    'This sends {count} recorded command to the connected reader. Meant for a simulated reader: a real one carries it out again.',
  'replay.question.other':
    'This sends {count} recorded commands to the connected reader. Meant for a simulated reader: a real one carries them out again.',
  'replay.yes': 'Play them',
  'replay.no': 'Do not play',
  'replay.start': 'Play to the reader',
  'replay.same': '{count} answered as recorded',
  'replay.different': '{count} answered differently',
  'replay.unanswered': '{count} without a recorded answer',
  'replay.failed': '{count} failed',
  'replay.skipped': '{count} left out, as they hold masked values',
} as const;

export const logPatternWords = {
  'log.pattern': 'Character {place} of the search: {reason}.',
  'log.unended-group': 'a group does not end',
  'log.unended-class': 'a class of characters does not end',
  'log.unopened-group': 'a parenthesis closes nothing',
  'log.nothing-to-repeat': 'there is nothing to repeat',
  'log.bad-range': 'this range is the wrong way round',
  'log.bad-escape': 'there is no such escape',
  'log.not-here': 'look-around and references to groups cannot be searched for here',
  'log.pattern-too-large': 'the pattern is too large',
  'log.bad-flag': 'behind the slash there may only be an i, for upper and lower case alike',
} as const;
