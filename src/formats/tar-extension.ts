/**
 * What the headers say that stand before the header of an entry: long names of GNU tar (`L`, `K`) and
 * pax records (`x` for one entry, `g` for all that follow). Readers disagree about nearly everything
 * that no packer writes here, and one that takes a size or a name from elsewhere sees other entries.
 */
import { malformedArchive } from './archive-entry.ts';
import type { ReportOddity } from './archive-oddity.ts';
import { decodeField, decodePaxRecords } from './tar-header.ts';
import { quoteForeign } from './text.ts';

/** What extension headers say about the entry that follows; what none says is absent. */
export interface Extensions {
  path?: string;
  linkTarget?: string;
  sizeBytes?: number;
  /** Their type flags, in order. */
  types: string;
}

/** One such header with its content. */
export interface TarExtension {
  /** `x`, `g`, `L` or `K`. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Where it stands, as it may stand in a message. */
  readonly where: string;
}

/** How packers combine them before one entry: a global header may stand before each. */
const ORDINARY_TYPES = /^g*(?:x|L?K?|KL)$/;

/**
 * Adds what `extension` says to `into`. Reports 'header-disagreement' for a combination that no packer
 * writes and for what is said twice. Throws 'malformed-archive' for what is not understood.
 */
export function addExtension(
  { type, body, where }: TarExtension,
  into: Extensions,
  report: ReportOddity,
): void {
  const extend = createExtender(into, where, report);
  if (type === 'L') extend('path', decodeField(body, where, 'long name'));
  else if (type === 'K') extend('linkTarget', decodeField(body, where, 'long link name'));
  else applyPax(decodePaxRecords(body, where), type, where, extend);
  into.types += type;
  if (into.types.length > 1 && !ORDINARY_TYPES.test(into.types)) {
    // of two pax headers some readers keep the last, and some apply the first to the second
    const problem = `the extension headers ${[...into.types].join(', ')} stand before one entry, and not all readers apply all of them to it`;
    report({ code: 'header-disagreement', where, problem });
  }
}

type Key = 'path' | 'linkTarget' | 'sizeBytes';
type Extend = <K extends Key>(key: K, value: Extensions[K]) => void;

/** Of two values some readers take the first and some the last. */
function createExtender(into: Extensions, where: string, report: ReportOddity): Extend {
  return (key, value) => {
    if (into[key] !== undefined) {
      const problem = `two extension headers or records give the ${key} of one entry`;
      report({ code: 'header-disagreement', where, problem });
    }
    into[key] = value;
  };
}

/** Keys of sparse files, by which readers put another size or other bytes in place of the content:
 * those of GNU tar, star and Solaris. */
const SPARSE = /^(?:GNU\.sparse\.|SCHILY\.realsize$|SUN\.holesdata$)/;

function applyPax(
  records: readonly (readonly [string, string])[],
  type: string,
  where: string,
  extend: Extend,
): void {
  for (const [key, value] of records) {
    // GNU tar overlooks blanks before a key
    const name = key.trim();
    const changesEntry =
      ['path', 'linkpath', 'size'].includes(name) ||
      SPARSE.test(name) ||
      (name === 'hdrcharset' && value !== 'ISO-IR 10646 2000 UTF-8');
    if (!changesEntry) continue;
    // Readers disagree about global values, empty values and sparse files.
    const understood = type === 'x' && value !== '' && /^(path|linkpath|size)$/.test(key);
    if (!understood || (key === 'size' && !/^\d{1,15}$/.test(value))) {
      throw malformedArchive(where, `the pax record ${quoteForeign(key)} is not one that we read`);
    }
    if (key === 'path') extend('path', value);
    else if (key === 'linkpath') extend('linkTarget', value);
    else extend('sizeBytes', Number(value));
  }
}
