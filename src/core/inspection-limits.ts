/**
 * What inspecting one release may cost at most, as the signed policy says. A policy without it
 * means the defaults below, for ever: documents that people signed must not change their meaning.
 */
import { formatDuration, parseDuration } from './duration.ts';
import { integer, object, type Read } from './shape.ts';
import { formatSize, parseSize } from './size.ts';

const KIB = 1024;
const GIB = 1024 ** 3;

/** Hard bounds of each, both included; above the upper ones memory or time is no longer bounded. */
const BOUNDS = {
  entries: [1, 1_000_000],
  depth: [0, 16],
  unpackedBytes: [KIB, 64 * GIB],
  entryBytes: [KIB, 16 * GIB],
  ratio: [1, 10_000],
  pathBytes: [16, 65_536],
  seconds: [1, 3600],
} as const;

/** Counts and sizes are over all depths of one artifact together; `entryBytes` is of one file,
 * `pathBytes` of one path, `seconds` of the whole release. `ratio`: see ArchiveLimits. */
export const inspectionLimits = object({
  entries: integer(...BOUNDS.entries),
  depth: integer(...BOUNDS.depth),
  unpackedBytes: integer(...BOUNDS.unpackedBytes),
  entryBytes: integer(...BOUNDS.entryBytes),
  ratio: integer(...BOUNDS.ratio),
  pathBytes: integer(...BOUNDS.pathBytes),
  seconds: integer(...BOUNDS.seconds),
});
export type InspectionLimits = Read<typeof inspectionLimits>;

/** Enough for a package of a gigabyte; a policy that says nothing means these. */
export const DEFAULT_INSPECTION_LIMITS: InspectionLimits = {
  entries: 100_000,
  depth: 8,
  unpackedBytes: 8 * GIB,
  entryBytes: 4 * GIB,
  ratio: 200,
  pathBytes: 1024,
  seconds: 300,
};

/** How people write them; see docs/configuration.md. */
export interface InspectionLimitsConfig {
  readonly entries?: number | undefined;
  readonly depth?: number | undefined;
  readonly 'unpacked-max'?: string | undefined;
  readonly 'entry-max'?: string | undefined;
  readonly ratio?: number | undefined;
  readonly 'path-bytes'?: number | undefined;
  readonly within?: string | undefined;
}

/** Each limit: how it is written, and in which unit. */
export const INSPECTION_LIMIT_NAMES = {
  entries: { field: 'entries', unit: 'count' },
  depth: { field: 'depth', unit: 'count' },
  'unpacked-max': { field: 'unpackedBytes', unit: 'size' },
  'entry-max': { field: 'entryBytes', unit: 'size' },
  ratio: { field: 'ratio', unit: 'count' },
  'path-bytes': { field: 'pathBytes', unit: 'count' },
  within: { field: 'seconds', unit: 'duration' },
} as const satisfies Record<
  keyof InspectionLimitsConfig,
  { readonly field: keyof InspectionLimits; readonly unit: 'count' | 'size' | 'duration' }
>;

/** Whether `name` is one of INSPECTION_LIMIT_NAMES. */
export function isInspectionLimitName(name: string): name is keyof InspectionLimitsConfig {
  return Object.hasOwn(INSPECTION_LIMIT_NAMES, name);
}

/** The limits of `config`, `defaults` where it says nothing; `refuse` gets the name of a value out
 * of its bounds and what was expected. */
export function readInspectionLimits(
  config: InspectionLimitsConfig,
  refuse: (name: keyof InspectionLimitsConfig, message: string) => never,
  defaults: InspectionLimits = DEFAULT_INSPECTION_LIMITS,
): InspectionLimits {
  const limits: Record<keyof InspectionLimits, number> = { ...defaults };
  for (const name of Object.keys(config)) {
    if (!isInspectionLimitName(name)) continue;
    const written = config[name];
    if (written === undefined) continue;
    const { field, unit } = INSPECTION_LIMIT_NAMES[name];
    const value = readValue(written, unit);
    const [min, max] = BOUNDS[field];
    if (value === undefined || !Number.isSafeInteger(value) || value < min || value > max) {
      refuse(name, `expected ${expectation(name)}, found ${written}`);
    }
    limits[field] = value;
  }
  return limits;
}

/** What may stand under `name`, as a phrase. */
export function expectation(name: keyof InspectionLimitsConfig): string {
  const { field, unit } = INSPECTION_LIMIT_NAMES[name];
  const [min, max] = BOUNDS[field];
  if (unit === 'size') return `a size from ${formatSize(min)} to ${formatSize(max)}`;
  if (unit === 'duration')
    return `a duration from ${formatDuration(min)} to ${formatDuration(max)}`;
  return `a whole number from ${min} to ${max}`;
}

function readValue(written: string | number, unit: 'count' | 'size' | 'duration') {
  if (typeof written === 'number') return unit === 'count' ? written : undefined;
  if (unit === 'size') return parseSize(written);
  if (unit === 'duration') return parseDuration(written);
  return /^(?:0|[1-9]\d{0,8})$/.test(written) ? Number(written) : undefined;
}

/** The block as it is signed: absent where it says what absence means. */
export function signedInspectionLimits(limits: InspectionLimits): {
  readonly inspection?: InspectionLimits;
} {
  const isDefault = Object.values(INSPECTION_LIMIT_NAMES).every(
    ({ field }) => limits[field] === DEFAULT_INSPECTION_LIMITS[field],
  );
  return isDefault ? {} : { inspection: limits };
}
