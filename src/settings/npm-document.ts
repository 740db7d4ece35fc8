/** What posture needs of npm's package document, without the rest of it. */
import { CountersignError } from '../core/errors.ts';
import { list } from '../core/shape.ts';
import type { NpmVersion, RegistryAccount } from '../posture/settings.ts';
import { type JsonLimits, type JsonPath, readJsonStream } from '../upstream/json-stream.ts';
import { fallback, label, moment, part } from './foreign-shape.ts';

export interface NpmDocument {
  readonly maintainers: readonly RegistryAccount[];
  readonly latest: NpmVersion | null;
  /** The newest by time first, at most 50. */
  readonly recent: readonly NpmVersion[];
}

const LIMITS: JsonLimits = {
  maxBytes: 200 * 1024 * 1024,
  maxValueCharacters: 1024 * 1024,
  maxDepth: 64,
};
const VERSIONS_MAX = 100_000;
const RECENT = 50;

const accountShape = part({ name: label, email: fallback(label, null) });

/** `_npmUser` of a version: who published it, with `trustedPublisher` where CI did. */
const userShape = part({
  name: fallback(label, null),
  trustedPublisher: fallback(part({}), null),
});

/** `dist.attestations`: the registry writes it where provenance came along. */
const attestationShape = part({
  provenance: fallback(part({ predicateType: fallback(label, null) }), { predicateType: null }),
});

interface Draft {
  publisher: string | null;
  byTrustedPublisher: boolean;
  provenance: string | null;
}

/**
 * Reads the document of `name` as it arrives. Throws `upstream-unreachable` for one of another
 * package, and `malformed-document` where a field is of another type than documented.
 */
export async function readNpmDocument(
  body: AsyncIterable<Uint8Array>,
  what: string,
  name: string,
): Promise<NpmDocument> {
  const times = new Map<string, string>();
  const drafts = new Map<string, Draft>();
  let foundName: unknown;
  let latest: unknown;
  let maintainers: readonly RegistryAccount[] = [];
  const draftOf = (version: string): Draft => {
    const known = drafts.get(version);
    if (known !== undefined) return known;
    if (drafts.size >= VERSIONS_MAX) refuse(what, `has more than ${VERSIONS_MAX} versions`);
    const draft = { publisher: null, byTrustedPublisher: false, provenance: null };
    drafts.set(version, draft);
    return draft;
  };
  const take = ([field, key, inner]: JsonPath, value: unknown): void => {
    if (field === 'name') foundName = value;
    else if (field === 'maintainers') maintainers = readMaintainers(value);
    else if (field === 'dist-tags') latest = value;
    else if (field === 'time') {
      if (times.size < VERSIONS_MAX)
        times.set(String(key), moment(value, `time.${String(key).slice(0, 50)}`));
    } else if (inner === '_npmUser') {
      const user = userShape(value, 'versions._npmUser');
      const draft = draftOf(String(key));
      draft.publisher = user.name;
      draft.byTrustedPublisher = user.trustedPublisher !== null;
    } else {
      const { provenance } = attestationShape(value, 'versions.dist.attestations');
      draftOf(String(key)).provenance = provenance.predicateType;
    }
  };
  await readJsonStream(body, what, LIMITS, {
    wants: (path) => {
      if (path.length === 2 && path[0] === 'versions') draftOf(String(path[1]));
      return isWanted(path);
    },
    take,
  });
  if (foundName !== name) refuse(what, 'names another package or none');
  const versions = [...drafts].map(
    ([version, draft]): NpmVersion => ({
      version: label(version, 'versions'),
      publishedAt: times.get(version) ?? null,
      ...draft,
    }),
  );
  return {
    maintainers,
    latest: versions.find((one) => one.version === latest) ?? null,
    recent: versions.toSorted(newestFirst).slice(0, RECENT),
  };
}

function isWanted(path: JsonPath): boolean {
  const [field, key, inner, last] = path;
  if (path.length === 1) return field === 'name' || field === 'maintainers';
  if (path.length === 2) {
    if (field === 'dist-tags') return key === 'latest';
    // `created` and `modified` are of the package
    return field === 'time' && key !== 'created' && key !== 'modified' && key !== 'unpublished';
  }
  if (field !== 'versions') return false;
  if (path.length === 3) return inner === '_npmUser';
  return path.length === 4 && inner === 'dist' && last === 'attestations';
}

function readMaintainers(value: unknown): readonly RegistryAccount[] {
  return list(accountShape)(value, 'maintainers').map(({ name, email }) => ({
    name,
    role: 'maintainer',
    emailDomain: email === null ? null : domainOf(email),
  }));
}

function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  return at === -1 ? null : email.slice(at + 1).toLowerCase();
}

function newestFirst(left: NpmVersion, right: NpmVersion): number {
  const [a, b] = [left.publishedAt ?? '', right.publishedAt ?? ''];
  return a < b ? 1 : a > b ? -1 : 0;
}

function refuse(what: string, problem: string): never {
  throw new CountersignError('upstream-unreachable', `${what} ${problem}`);
}
