import { CountersignError, isCountersignError } from '../core/errors.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EIO', 'the disk reported an error'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'this user may not do that'],
  ['EPERM', 'this user may not do that'],
  ['EMFILE', 'this process has too many files open'],
  ['ENFILE', 'this machine has too many files open'],
  ['ENOENT', 'the file is gone'],
  ['ENOTDIR', 'something that is no folder is in the way'],
  ['EFBIG', 'the file system holds no file that large'],
]);

/** Whether this is a system error with that code. */
export function hasCode(error: unknown, code: string): boolean {
  return systemCode(error) === code;
}

/** A system error as `store-unavailable`, saying why; our own errors stay as they are. */
export function diskError(error: unknown, what: string): CountersignError {
  if (isCountersignError(error)) return error;
  const code = systemCode(error);
  if (code === undefined) {
    return new CountersignError('internal', `${what} could not be handled`, { cause: error });
  }
  return new CountersignError(
    'store-unavailable',
    `${what} could not be read or written: ${REASONS.get(code) ?? code}`,
    { cause: error, hint: 'look at the disk and the permissions of the data folder' },
  );
}

function systemCode(error: unknown): string | undefined {
  if (error === null || typeof error !== 'object' || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
