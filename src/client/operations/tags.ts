/**
 * Tags. The names of their options come with their code: pages that never meet a tag do not load them.
 */
import * as classic from '../../device/classic-tag.js';
import { readTag as read, type TagMemory, type TagOptions } from '../../device/tag.js';
import { writeTag as write } from '../../device/tag-write.js';
import type { ReaderAccess } from '../../device/reader-access.js';
import { optionNames, refuseUnknown, type OptionNames } from '../known-options.js';

const session = { ...optionNames.operation, timeout: true } as const;
const login = { ...session, key: true, keyType: true } as const;

/** An operation that refuses options which it does not know, before anything is sent. */
const checked =
  <Options extends object, Result>(
    names: OptionNames<Options>,
    operation: (access: ReaderAccess, options: Options) => Promise<Result>,
  ) =>
  async (access: ReaderAccess, options: Options): Promise<Result> => {
    refuseUnknown(options, names);
    return operation(access, options);
  };

const readChecked = checked({ ...session, onProgress: true }, read);

export const readTag = (access: ReaderAccess, options: TagOptions = {}): Promise<TagMemory> =>
  readChecked(access, options);

export const writeTag = checked({ ...session, records: true, confirm: true }, write);

export const readClassicTag = checked({ ...login, sectors: true }, classic.readClassicTag);

export const writeClassicTag = checked(
  { ...login, sector: true, block: true, data: true, confirm: true },
  classic.writeClassicTag,
);
