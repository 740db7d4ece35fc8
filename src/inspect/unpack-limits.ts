/** What unpacking one artifact may cost: what a policy decides, and what bounds memory. */
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../core/inspection-limits.ts';
import { type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from '../formats/archive-entry.ts';

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

/** The limits of an inspection under a policy. */
export function unpackLimits(limits: InspectionLimits): UnpackLimits {
  const { seconds: _, ...ofPolicy } = limits;
  return { ...FIXED_LIMITS, ...ofPolicy };
}

/** Those of a policy that says nothing; enough for a package of a gigabyte. */
export const DEFAULT_UNPACK_LIMITS: UnpackLimits = unpackLimits(DEFAULT_INSPECTION_LIMITS);
