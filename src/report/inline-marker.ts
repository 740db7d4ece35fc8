/** Comments with which other tools are told to leave a line alone. */

const MARKERS: readonly string[] = [
  'gitleaks:allow',
  'betterleaks:allow',
  'trufflehog:ignore',
  'kingfisher:ignore',
  'pragma: allowlist secret',
  'secretlint-disable-line',
];

/**
 * The marker of another tool that `line` holds, null when none. Whoever writes a file can plant
 * one, so nothing but `scan`, and only when asked, may look.
 */
export function findMarker(line: string): string | null {
  return MARKERS.find((marker) => line.includes(marker)) ?? null;
}
