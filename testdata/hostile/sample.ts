/** A hostile input, and what `countersign scan` must say of it. */
export interface Sample {
  /** Also the name of the file that it becomes. */
  readonly name: string;
  /** Exit code of a scan of it: 1 a finding, 3 unread, 0 harmless when it is read rightly. */
  readonly exit: 0 | 1 | 3;
  /** In what is said, as text. */
  readonly says: RegExp;
  readonly make: () => Buffer | Promise<Buffer>;
}

/** A sample. */
export function sample(
  name: string,
  exit: Sample['exit'],
  says: RegExp,
  make: Sample['make'],
): Sample {
  return { name, exit, says, make };
}
