/** What an npm-shrinkwrap.json fetches: npm obeys that of a package that somebody depends on. */
import { isRecord, parsePackageJson } from './package-json.ts';

/** Names of facts: that a lock was read, and the beginnings of those of its packages and hosts. */
export const LOCKED = 'locked';
export const LOCKED_PACKAGE = 'locked.package.';
export const LOCKED_HOST = 'locked.host.';

/** One package of a lock. `host` is null for what is fetched from nowhere; `fetched` is the name in
 * an address of a registry, null in any other. */
interface LockedPackage {
  readonly name: string;
  readonly host: string | null;
  readonly fetched: string | null;
}

const DEPTH_MAX = 100;

/** In the order of the file, of all versions of the format; empty for what is none. */
export function lockedPackages(
  lock: Readonly<Record<string, unknown>> | null,
): readonly LockedPackage[] {
  return [...packagesIn(lock, 0)];
}

function* packagesIn(value: unknown, depth: number): Iterable<LockedPackage> {
  if (!isRecord(value) || depth > DEPTH_MAX) return;
  for (const field of ['packages', 'dependencies']) {
    const listed = value[field];
    for (const [path, one] of Object.entries(isRecord(listed) ? listed : {})) {
      // of the third version `dependencies` of a package are ranges, and '' is the package itself
      if (!isRecord(one)) continue;
      if (field === 'dependencies' || path.includes('node_modules/')) yield read(path, one);
      yield* packagesIn(one, depth + 1);
    }
  }
}

/** Facts about the lock of a package; none where there is none. */
export function* lockFacts(content: Uint8Array | undefined): Iterable<readonly [string, string]> {
  if (content === undefined) return;
  yield [LOCKED, 'npm-shrinkwrap.json'];
  for (const { name, host } of lockedPackages(parsePackageJson(content))) {
    yield [`${LOCKED_PACKAGE}${name}`, 'yes'];
    if (host !== null) yield [`${LOCKED_HOST}${host}`, 'yes'];
  }
}

function read(path: string, { name, version, resolved, link }: Record<string, unknown>) {
  const alias = /^npm:(.+)@/.exec(typeof version === 'string' ? version : '')?.[1];
  const own = typeof name === 'string' ? name : (alias ?? path.split('node_modules/').at(-1) ?? '');
  if (typeof resolved !== 'string' || link === true) {
    return { name: own, host: null, fetched: null };
  }
  const host = /^[a-z+]+:\/\/(?:[^/@]*@)?([^/:]+)/i.exec(resolved)?.[1]?.toLowerCase();
  return { name: own, host: host ?? resolved.slice(0, 100), fetched: fetchedName(resolved) };
}

/** The name before `/-/`, as registries lay out their files. */
function fetchedName(url: string): string | null {
  const path = /^https?:\/\/[^/]+\/(.+?)\/-\//i.exec(url)?.[1];
  if (path === undefined) return null;
  return (
    /(?:^|\/)((?:@[^/]+\/)?[^/]+)$/.exec(path.replace(/%2f/gi, '/').replace(/%40/g, '@'))?.[1] ??
    null
  );
}
