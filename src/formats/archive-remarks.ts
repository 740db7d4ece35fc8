/**
 * Bytes of a container that no unpacker makes a file of: comments, names in headers, fields that
 * nobody reads, padding. Text stands there by accident or to be overlooked, so it is handed on.
 */
import type { ReportOddity } from './archive-oddity.ts';
import type { RandomAccess } from './random-access.ts';

/** Where such bytes stand. */
export interface RemarkPlace {
  /** The entry or the offset, as it may stand in a message. */
  readonly where: string;
  /** A noun: `the comment of a gzip header`. */
  readonly what: string;
  /** The entry's path where it is about one. */
  readonly path?: string;
}

/** What one container holds besides. */
export interface ArchiveRemarks {
  /** Hands on a copy of what may hold a text, not twice in a row the same; of all others nothing. */
  add(place: RemarkPlace, bytes: Uint8Array): void;
  /** Tells that there is more than is looked at; after that nothing is handed on. */
  giveUp(place: Omit<RemarkPlace, 'what'>): void;
}

/** Bytes that are handed on of a container whose remarks come all at once; far above honest ones. */
export const REMARKS_BYTES: number = 4 * 1024 * 1024;

/** Reports 'remark' for each, and once 'trailing-data' where there is more than `mostBytes`. */
export function createRemarks(
  report: ReportOddity,
  mostBytes: number = Number.POSITIVE_INFINITY,
): ArchiveRemarks {
  const last = new Map<string, Buffer>();
  let left = mostBytes;

  function giveUp({ where, path }: Omit<RemarkPlace, 'what'>): void {
    if (left < 0) return;
    left = -1;
    const problem = `there is more beside the files than the ${mostBytes} bytes that are looked at`;
    report({ code: 'trailing-data', where, ...(path === undefined ? {} : { path }), problem });
  }

  return {
    giveUp,
    add({ where, what, path }, bytes) {
      if (left < 0 || last.get(what)?.equals(bytes) === true || !mayBeText(bytes)) return;
      const about = { where, ...(path === undefined ? {} : { path }) };
      if (bytes.length > left) {
        giveUp(about);
        return;
      }
      left -= bytes.length;
      const content = Buffer.from(bytes);
      last.set(what, content);
      report({ code: 'remark', ...about, problem: what, content });
    },
  };
}

/** Bytes of a file from `start` to `end`, no more of them than is handed on and one, by which it is told
 * where that is too much. */
export async function readRemark(
  source: RandomAccess,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const length = Math.min(end - start, REMARKS_BYTES + 1);
  return length <= 0 ? new Uint8Array() : source.read(start, length);
}

/** Characters in a row, NULs between them not counted, below which no secret is one. */
const LEAST_TEXT = 12;

/** Whether somewhere stands a row of printable ASCII, in one byte a character or two. */
function mayBeText(bytes: Uint8Array): boolean {
  const { length } = bytes;
  let printable = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) {
      printable += 1;
      if (printable === LEAST_TEXT) return true;
    } else if (byte !== 0) printable = 0;
  }
  return false;
}
