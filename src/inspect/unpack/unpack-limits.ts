/** What unpacking one artifact may cost: what a policy decides, and what bounds memory. */
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../../core/inspection-limits.ts';
import { type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from '../../formats/archive-entry.ts';

const MIB = 1024 * 1024;

/** What one artifact may cost; sizes and entries count over all depths together, and for each
 * container alone too. */
export interface UnpackLimits extends ArchiveLimits {
  /** Containers inside of containers, the artifact itself not counted. */
  readonly depth: number;
  /** Bytes of a file that are in memory at once; larger ones come in windows of this size. */
  readonly windowBytes: number;
  /** Bytes at the end of a window that the next one begins with. */
  readonly overlapBytes: number;
  /** Bytes of a zip file inside of a container, which is held in memory; halves with each depth. */
  readonly nestedZipBytes: number;
}

/** What no policy decides: it bounds memory, and where a container is cut into windows. */
const FIXED_LIMITS = {
  packedBytes: 4096 * MIB,
  windowBytes: 8 * MIB,
  overlapBytes: 64 * 1024,
  nestedZipBytes: 64 * MIB,
  dictionaryBytes: DEFAULT_ARCHIVE_LIMITS.dictionaryBytes,
};

/** What is left of those while other threads of the process have as much: most of what people pack
 * needs no more, and 300 MB have room for three. */
const SHARED_LIMITS = { nestedZipBytes: 8 * MIB, dictionaryBytes: 8 * MIB };

/** Whose memory an inspection may use: that of its process, or its share of it. */
export type MemoryUse = 'alone' | 'shared';

/** The limits of an inspection under a policy. */
export function unpackLimits(limits: InspectionLimits, use: MemoryUse = 'alone'): UnpackLimits {
  const { seconds: _, ...ofPolicy } = limits;
  return { ...FIXED_LIMITS, ...(use === 'shared' ? SHARED_LIMITS : {}), ...ofPolicy };
}

/** Whether a file is unread that would be read with all of the memory. What strangers named may hold
 * the same words, which then costs a second look. */
export function wantsMemory(reasons: readonly string[]): boolean {
  return reasons.some((one) => /\(limit: (?:nestedZipBytes|dictionaryBytes)\)/.test(one));
}

/** Those of a policy that says nothing; enough for a package of a gigabyte. */
export const DEFAULT_UNPACK_LIMITS: UnpackLimits = unpackLimits(DEFAULT_INSPECTION_LIMITS);
