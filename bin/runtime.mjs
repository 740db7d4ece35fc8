/** Oldest Node that runs Countersign, as `engines` in package.json says. */
export const LEAST_NODE = '24.15.0';

/**
 * Whether `version` (such as `24.15.0` or `v26.0.0-rc.1`) is at least `least`. What is no version
 * is too old. Plain JavaScript, since an old Node must be able to read it.
 *
 * @param {string} version
 * @param {string} [least]
 */
export function isSupportedNode(version, least = LEAST_NODE) {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (found === null) return false;
  const wanted = least.split('.').map(Number);
  for (let at = 0; at < 3; at += 1) {
    const difference = Number(found[at + 1]) - wanted[at];
    if (difference !== 0) return difference > 0;
  }
  return true;
}
