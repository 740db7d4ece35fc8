/** package.json as npm reads it, and what of JSON is an object. */

/** The object, or null for what is none. Duplicate keys are refused where artifacts are received. */
export function parsePackageJson(
  content: Uint8Array | undefined,
): Readonly<Record<string, unknown>> | null {
  if (content === undefined) return null;
  try {
    const text = Buffer.from(content)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value of JSON is an object: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
