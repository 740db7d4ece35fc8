/** Lengths of time as people write them: a whole number and one unit, `45s`, `30m`, `72h`, `7d`. */

/** One to six digits without a leading zero, then the unit. */
export const DURATION = /^([1-9][0-9]{0,5})([smhd])$/;

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds that `text` means, or undefined when it is not a duration. A day has 24 hours. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const seconds = unit === undefined ? undefined : UNIT_SECONDS[unit];
  return seconds === undefined ? undefined : Number(count) * seconds;
}

/** The shortest spelling that `parseDuration` reads back; `seconds` is a positive integer. */
export function formatDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm']) {
    const size = UNIT_SECONDS[unit] ?? 1;
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
