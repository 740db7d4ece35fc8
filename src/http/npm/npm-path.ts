/** What a path below /npm/ names. Decoded once, strictly; nothing here is looked up yet. */
export type NpmTarget =
  | { readonly kind: 'ping' | 'whoami' }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'tarball'; readonly name: string; readonly file: string }
  | { readonly kind: 'stage-package' | 'token-exchange'; readonly name: string }
  | { readonly kind: 'dist-tags'; readonly name: string }
  /** A revision of the old protocol: unpublish. */
  | { readonly kind: 'revision'; readonly name: string }
  /** Any other call of the protocol, such as `-/npm/v1/tokens`. */
  | { readonly kind: 'call'; readonly segments: readonly string[] };

const NAME_PART = /^[A-Za-z0-9~_-][A-Za-z0-9._~-]{0,213}$/;
const EXCHANGE = ['npm', 'v1', 'oidc', 'token', 'exchange', 'package'];
const FILE = /^[A-Za-z0-9][A-Za-z0-9._~+-]{0,300}\.tgz$/;

/**
 * The target of `path`, which is what follows `/npm/` as sent. A scope may be joined to its name by
 * `/`, `%2f` or `%2F`; any other escaped slash, dot segments, second escapes and control characters
 * name nothing: undefined.
 */
export function parseNpmPath(path: string): NpmTarget | undefined {
  const segments = decodeSegments(path);
  if (segments === undefined || segments.length === 0) return undefined;
  if (segments[0] === '-') return parseCall(segments.slice(1));
  const [name, rest] = takeName(segments);
  if (name === undefined) return undefined;
  const [marker, file, revision, ...more] = rest;
  if (marker === undefined) return { kind: 'package', name };
  if (marker === '-rev' && rest.length === 2) return { kind: 'revision', name };
  if (marker !== '-' || file === undefined || !FILE.test(file)) return undefined;
  if (revision === undefined) return { kind: 'tarball', name, file };
  return revision === '-rev' && more.length === 1 ? { kind: 'revision', name } : undefined;
}

function parseCall(segments: readonly string[]): NpmTarget | undefined {
  const [area, ...rest] = segments;
  if (area === 'ping' && rest.length === 0) return { kind: 'ping' };
  if (area === 'whoami' && rest.length === 0) return { kind: 'whoami' };
  if (area === 'stage' && rest[0] === 'package') {
    const [name, more] = takeName(rest.slice(1));
    return name === undefined || more.length > 0 ? undefined : { kind: 'stage-package', name };
  }
  if (segments.slice(0, EXCHANGE.length).join('/') === EXCHANGE.join('/')) {
    const [name, more] = takeName(segments.slice(EXCHANGE.length));
    return name === undefined || more.length > 0 ? undefined : { kind: 'token-exchange', name };
  }
  if (area === 'package') {
    const [name, more] = takeName(rest);
    if (name !== undefined && more[0] === 'dist-tags') return { kind: 'dist-tags', name };
  }
  return { kind: 'call', segments };
}

/** The path's segments, each decoded once and cut at the one escaped slash that a scope may have. */
function decodeSegments(path: string): string[] | undefined {
  const segments: string[] = [];
  for (const raw of path.replace(/\/$/, '').split('/')) {
    let text: string;
    try {
      text = decodeURIComponent(raw);
    } catch {
      return undefined;
    }
    const parts = text.startsWith('@') ? text.split('/') : [text];
    if (parts.length > 2 || parts.some((part) => !/^[^\x00-\x20\x7f%/\\]+$/.test(part))) {
      return undefined;
    }
    if (parts.some((part) => part === '.' || part === '..')) return undefined;
    segments.push(...parts);
  }
  return segments;
}

function takeName(
  segments: readonly string[],
): [name: string | undefined, rest: readonly string[]] {
  const [first = '', second = '', ...rest] = segments;
  if (!first.startsWith('@')) {
    return [NAME_PART.test(first) ? first : undefined, segments.slice(1)];
  }
  const fits = NAME_PART.test(first.slice(1)) && NAME_PART.test(second);
  return [fits ? `${first}/${second}` : undefined, rest];
}
