/** Which keys a reader holds, in the answer to EF11. */
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { readKeyStatus } from '../../../../src/mms/views/key-status.js';

test.each([
  ['AA0081048201EF11820400000000840AEF11A206820450524F44', 'production'],
  ['AA0081048201EF11820400000000840AEF11A206820454455354', 'test'],
  ['AA0081048201EF118204000000008407EF11A203820158', undefined],
  ['AA0081048201EF118204000000008406EF11A2028200', undefined],
  ['AA0081048201EF118204000000008402EF11', undefined],
  ['AA0081048201EF118204810101138402EF11', undefined],
  ['AA0081048201D101820400000000840AD101A206820450524F44', undefined],
  ['AA00810483000101820410010200', undefined],
])('%s: %s', (hex, status) => {
  expect(readKeyStatus(decodeMessage(hex))).toBe(status);
});
