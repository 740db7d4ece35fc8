import { malformedArchive } from './archive-entry.ts';

/**
 * What is odd about an archive although reading can go on: two unpackers may see two different
 * trees there, or a person another name than the machine.
 */
export interface ArchiveOddity {
  readonly code: OddityCode;
  /** The entry or the offset, as it may stand in a message. */
  readonly where: string;
  /** A clause that follows `where`. */
  readonly problem: string;
  /** The entry's path where it is about one. */
  readonly path?: string;
  /** Of a 'remark': the bytes, which are its own. */
  readonly content?: Uint8Array;
}

/** `encrypted` and `method`: content that cannot be read by design; `nested`: a container that was
 * looked into; `remark`: bytes that no unpacker makes a file of, `problem` is then a noun. */
export type OddityCode =
  | 'duplicate-path'
  | 'unsafe-path'
  | 'deceptive-name'
  | 'case-collision'
  | 'header-disagreement'
  | 'trailing-data'
  | 'link'
  | 'outward-link'
  | 'device'
  | 'encrypted'
  | 'method'
  | 'nested'
  | 'remark';

/** Is told of each oddity; throws where reading must not go on. */
export type ReportOddity = (oddity: ArchiveOddity) => void;

/** What says nothing about the tree that unpackers see: not refused at upload. */
const HARMLESS: ReadonlySet<OddityCode> = new Set([
  'deceptive-name',
  'case-collision',
  'link',
  'outward-link',
  'device',
  'remark',
]);

/** Whether two unpackers may see two trees there, or no tree at all is seen. */
export function disturbsReading({ code }: Pick<ArchiveOddity, 'code'>): boolean {
  return code !== 'nested' && !HARMLESS.has(code);
}

/** Refuses with 'malformed-archive' whatever could make two unpackers disagree. */
export const refuseOddity: ReportOddity = ({ code, where, problem }) => {
  if (!HARMLESS.has(code)) throw malformedArchive(where, problem);
};
