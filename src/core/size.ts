/** Sizes as people write them: a whole number and one unit, `512KiB`, `256MiB`, `2GiB`. */

/** One to six digits without a leading zero, then the unit. */
export const SIZE = /^([1-9][0-9]{0,5})(KiB|MiB|GiB)$/;

const UNIT_BYTES: Readonly<Record<string, number>> = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Bytes that `text` means, or undefined when it is not a size. */
export function parseSize(text: string): number | undefined {
  const [, count, unit] = SIZE.exec(text) ?? [];
  const bytes = unit === undefined ? undefined : UNIT_BYTES[unit];
  return bytes === undefined ? undefined : Number(count) * bytes;
}

/** The shortest spelling that `parseSize` reads back; `bytes` is a whole number of KiB. */
export function formatSize(bytes: number): string {
  for (const unit of ['GiB', 'MiB']) {
    const size = UNIT_BYTES[unit] ?? 1;
    if (bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${bytes / 1024}KiB`;
}
