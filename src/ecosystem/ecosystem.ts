/**
 * An ecosystem is a kind of registry: npm, PyPI, and whatever comes third. Everything that differs
 * between them stands behind this interface; the contract suite in test/contract/ecosystem.ts runs
 * against each, and against one that exists only in tests.
 */
import type {
  Difference,
  ManifestArtifact,
  PublicationHistory,
  UpstreamSummary,
} from '../core/manifest.ts';
import type { JsonValue } from '../formats/canonical.ts';
import type { RandomAccess } from '../formats/random-access.ts';

/** What a file name alone says. `package` is in the ecosystem's normal form. */
export interface FileIdentity {
  readonly package: string;
  readonly version: string;
  /** The ecosystem's word: `tarball`, `wheel`, `sdist`. */
  readonly kind: string;
}

/** What the bytes of an artifact say about themselves. */
export interface ArtifactDescription extends FileIdentity {
  /** What goes upstream beside the bytes, derived from the bytes alone. Canonical-JSON-able. */
  readonly metadata: JsonValue;
  /** Names of packages of the same ecosystem that this one needs at run time. */
  readonly dependencies: readonly string[];
  /** Of each of them which versions will do, as the metadata spells it; of several spellings all, in
   * order, between ` || `. Absent in descriptions from before it was read. */
  readonly ranges?: Readonly<Record<string, string>>;
  /** Address that the package itself asks to be published to (npm `publishConfig.registry`), or null. */
  readonly wantsRegistry: string | null;
}

/** Re-readable bytes: each call starts at the first byte. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

/**
 * The bytes of one artifact. Where they lie in a file they come as that: a zip file is read from
 * its end, and a stream of one must be held in memory whole.
 */
export type ArtifactBytes = ByteSource | RandomAccess;

/** The pure half: no clock, network or file system. */
export interface EcosystemRules {
  /** As in configuration: `npm`, `pypi`. */
  readonly name: string;
  /** File kinds of one package version when configuration names none: `{ tarball: 1 }`. */
  readonly defaultFiles: Readonly<Record<string, number>>;
  /** Whether versions are found through movable tags such as `latest`. */
  readonly hasDistTags: boolean;
  /** The one spelling that names are compared in. Throws `malformed-name`. */
  normalizeName(name: string): string;
  /** The one spelling that versions are compared in. Throws `malformed-version`. */
  normalizeVersion(version: string): string;
  /** Negative, zero or positive. Throws `malformed-version`. */
  compareVersions(left: string, right: string): number;
  isPrerelease(version: string): boolean;
  /** Same line: same major, and same major.minor before 1.0.0. */
  sameLine(left: string, right: string): boolean;
  /** Version of this ecosystem for a release of semantic version `semver`. Throws
   * `malformed-version` where there is none (PyPI: prereleases other than alpha, beta, rc). */
  versionOf(semver: string): string;
  /** Throws `malformed-name` for a file name that the ecosystem does not have. */
  identifyFile(file: string): FileIdentity;
  /** The name that the registry will give the file, from package and version or upload name. */
  fileNameOf(identity: FileIdentity, uploaded: string): string;
  /**
   * Reads the artifact whole, bounded. Throws `malformed-archive`, `malformed-metadata`,
   * `limit-exceeded`; `metadata-disagrees` where file name and content differ.
   */
  describe(file: string, bytes: ArtifactBytes): Promise<ArtifactDescription>;
  /** Where the client's own words differ from the artifact's; empty when they agree. */
  compareRequest(request: JsonValue, description: ArtifactDescription): readonly Difference[];
}

/** What is upstream under an artifact's name, as far as the registry shows it. */
export type UpstreamTruth =
  | { readonly kind: 'absent' }
  /** The very same bytes. */
  | { readonly kind: 'same' }
  /** Other bytes under this name and version. `found` names their digest. */
  | { readonly kind: 'different'; readonly found: string }
  /** Taken but not served yet (registries that scan before they show). */
  | { readonly kind: 'pending'; readonly reason: string };

/** A file as a registry lists it. */
export interface UpstreamFile {
  readonly file: string;
  readonly kind: string;
  readonly url: URL;
  /** The registry's own digests of it, in lower-case hexadecimal, all of the same kind; empty where
   * it names none. */
  readonly stated: readonly {
    readonly algorithm: 'sha512' | 'sha256' | 'sha1';
    readonly hex: string;
  }[];
}

/** A string that prints as `[secret]` everywhere; `reveal()` is called where it goes on the wire. */
export interface SecretText {
  reveal(): string;
}

/**
 * One configured registry. No retries inside except for reads (three attempts); every call is
 * bounded by a time-out. Throws `upstream-unreachable` when it cannot tell, `upstream-refused`
 * with the registry's words when it was told no. Calls with a credential follow no redirect and go
 * to the configured origin only.
 */
export interface UpstreamRegistry {
  /** Reads something cheap; resolves when the registry answers like one of its kind. */
  ping(): Promise<void>;
  /** What the registry shows of the package in view of `version`. */
  summarize(packageName: string, version: string): Promise<UpstreamSummary>;
  /** When the versions of a package appeared. Registries that tell no times answer `untold`. */
  historyOf(packageName: string): Promise<PublicationHistory>;
  /** The files of one version, whoever put them there; empty where the registry does not show it. */
  filesOf(packageName: string, version: string): Promise<readonly UpstreamFile[]>;
  /** What `use` makes of the bytes, unchecked; it may run once per attempt, and what it throws as an
   * error of ours comes out. Undefined where the file is not served. */
  download<T>(
    file: UpstreamFile,
    use: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T | undefined>;
  /** Asks for the truth about one artifact; the bytes or the registry's own digest decide. */
  lookUp(artifact: ManifestArtifact): Promise<UpstreamTruth>;
  /**
   * Uploads. Returns when the registry accepted (which need not mean visible). `metadata` is
   * `ArtifactDescription.metadata`; `stagingTag` is the dist-tag to publish under, null where the
   * ecosystem has none. Not idempotent: ask `lookUp` before a second try.
   */
  publish(
    artifact: ManifestArtifact,
    bytes: ByteSource,
    metadata: JsonValue,
    options: {
      readonly credential: SecretText;
      readonly stagingTag: string | null;
      /** A Sigstore bundle to send along, where the ecosystem takes one; as it was uploaded. */
      readonly provenance?: string;
    },
  ): Promise<void>;
  /** Points a dist-tag at a version; idempotent. */
  moveTag(packageName: string, tag: string, version: string, credential: SecretText): Promise<void>;
  /** Removes a dist-tag; idempotent. */
  removeTag(packageName: string, tag: string, credential: SecretText): Promise<void>;
  /** Downloads the public bytes and reads served metadata back; empty when all agree. */
  confirm(artifact: ManifestArtifact, metadata: JsonValue): Promise<readonly Difference[]>;
  /** Says who the credential is, to show that it is of the right kind; null where one cannot ask. */
  whoami(credential: SecretText): Promise<string | null>;
}

/**
 * `url` is the configured address of uploads, `readUrl` the address that is read instead (PyPI: the
 * simple index), null where it follows from `url`. Both with a trailing slash; throws
 * `config-invalid` otherwise.
 */
export interface Ecosystem extends EcosystemRules {
  connect(url: string, readUrl: string | null): UpstreamRegistry;
}
