/**
 * Reads the body of npm's `PUT /<name>` (and of `POST /-/stage/package/<name>`): a packument whose
 * `_attachments` carry the tarball in base64. The fields come in any order.
 */
import { CountersignError } from '../core/errors.ts';
import type { JsonObject, JsonValue } from './canonical.ts';
import { type CapturedPiece, createJsonScanner } from './json-scanner.ts';
import { quoteForeign } from './text.ts';

/** Bounds in bytes; above them 'limit-exceeded' is thrown. */
export interface NpmPublishLimits {
  /** The tarball, decoded. */
  readonly tarballBytes: number;
  /** Everything but the tarball. */
  readonly metadataBytes: number;
  /** The provenance bundle. */
  readonly sigstoreBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_NPM_PUBLISH_LIMITS: NpmPublishLimits = {
  tarballBytes: 256 * MIB,
  metadataBytes: 8 * MIB,
  sigstoreBytes: MIB,
};

/** Where the decoded tarball goes; a promise that `write` returns is awaited. */
export interface TarballSink {
  write(chunk: Uint8Array): Promise<void> | void;
}

/** What a body says. An edit (deprecate, owner) is a packument without attachments. */
export type NpmPublishBody =
  | {
      readonly kind: 'publish';
      readonly name: string;
      readonly version: string;
      /** `versions[version]` as the client wrote it: a claim, nothing more. */
      readonly manifest: JsonObject;
      readonly distTags: Readonly<Record<string, string>>;
      readonly access: 'public' | 'restricted' | null;
      /** The attachment's key, such as `@scope/name-1.0.0.tgz`. */
      readonly tarballName: string;
      readonly tarballBytes: number;
      /** The provenance bundle's JSON text, unverified; null when none was sent. */
      readonly sigstore: string | null;
    }
  | { readonly kind: 'metadata-edit'; readonly name: string };

/**
 * Streams the tarball to the sink that `onTarball` gives and returns the rest. What the sink got is
 * only valid when this returns. Throws 'malformed-upload' (not JSON, truncated, not base64, more
 * or less than one version and one tarball, parts that disagree) and 'limit-exceeded'; errors of
 * `source` and sink pass through. It leaves `source` early on an error: a caller that still wants
 * to answer must give an iterator that does not destroy the connection.
 */
export async function readNpmPublishBody(
  source: AsyncIterable<Uint8Array>,
  onTarball: (attachmentName: string) => TarballSink,
  limits: NpmPublishLimits = DEFAULT_NPM_PUBLISH_LIMITS,
): Promise<NpmPublishBody> {
  const scanner = createJsonScanner({
    what: 'the publish body',
    code: 'malformed-upload',
    maxBytes: limits.metadataBytes,
    capture: isTarballData,
  });
  const tarball = createTarballReader(onTarball, limits.tarballBytes);
  for await (const chunk of source) {
    for (const piece of scanner.scan(chunk)) await tarball.take(piece);
  }
  const document = scanner.finish();
  const attachments = objectAt(document, '_attachments', {});
  if (Object.keys(attachments).length === 0) {
    return { kind: 'metadata-edit', name: nameOf(document) };
  }
  const { version, manifest } = readVersion(document);
  return {
    kind: 'publish',
    name: nameOf(document),
    version,
    manifest,
    distTags: readDistTags(document, version),
    access: readAccess(document['access']),
    ...tarball.check(attachments, `${nameOf(document)}-${version}`),
    sigstore: readSigstore(attachments, `${nameOf(document)}-${version}`, limits),
  };
}

function isTarballData(path: readonly string[]): boolean {
  const [root, name, field] = path;
  return (
    path.length === 3 &&
    root === '_attachments' &&
    field === 'data' &&
    name?.endsWith('.sigstore') === false
  );
}

function createTarballReader(onTarball: (name: string) => TarballSink, maxBytes: number) {
  let name: string | undefined;
  let sink: TarballSink | undefined;
  let decoded = 0;
  let carry = '';
  let isDone = false;

  async function take({ path, bytes, isLast }: CapturedPiece): Promise<void> {
    const attachment = path[1] ?? '';
    if (isDone) throw refused(`has a second tarball ${quoteForeign(attachment)}, expected one`);
    name ??= attachment;
    sink ??= onTarball(attachment);
    const text = carry + Buffer.from(bytes).toString('latin1');
    // Padding may only stand at the very end, so the last group waits for what follows.
    const whole = isLast ? text.length : Math.max(0, text.length - 1 - ((text.length - 1) % 4));
    carry = text.slice(whole);
    const content = Buffer.from(text.slice(0, whole), 'base64');
    const isStrict = content.toString('base64') === text.slice(0, whole);
    if (!isStrict || (!isLast && text.slice(0, whole).includes('='))) {
      throw refused(`has data that is not base64 after ${decoded} bytes of the tarball`);
    }
    decoded += content.length;
    if (decoded > maxBytes) {
      throw new CountersignError('limit-exceeded', `the tarball has more than ${maxBytes} bytes`, {
        hint: 'make the package smaller, or raise the limit of the gateway',
      });
    }
    isDone = isLast;
    if (content.length > 0) await sink.write(content);
  }

  function check(attachments: JsonObject, stem: string) {
    if (name === undefined) throw refused('has no tarball among its attachments');
    const expected = `${stem}.tgz`;
    if (name !== expected) {
      throw refused(`has the attachment ${quoteForeign(name)}, expected ${quoteForeign(expected)}`);
    }
    const attachment = objectAt(attachments, name);
    if (attachment['content_type'] !== 'application/octet-stream') {
      throw refused(`has a tarball that is not of the type "application/octet-stream"`);
    }
    if (attachment['length'] !== decoded) {
      throw refused(
        `says that the tarball has ${JSON.stringify(attachment['length'])} bytes, found ${decoded}`,
      );
    }
    if (decoded === 0) throw refused('has an empty tarball');
    return { tarballName: name, tarballBytes: decoded };
  }

  return { take, check };
}

function readVersion(document: JsonObject): { version: string; manifest: JsonObject } {
  const versions = objectAt(document, 'versions');
  const [version, ...others] = Object.keys(versions);
  if (version === undefined || others.length > 0) {
    throw refused(`has ${Object.keys(versions).length} versions, expected one`);
  }
  const manifest = objectAt(versions, version);
  if (manifest['version'] !== version || manifest['name'] !== nameOf(document)) {
    throw refused('has a version whose name or version differs from its key');
  }
  return { version, manifest };
}

function readDistTags(document: JsonObject, version: string): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [tag, target] of Object.entries(objectAt(document, 'dist-tags'))) {
    if (target !== version) {
      throw refused(`points the dist-tag ${quoteForeign(tag)} at something else than the version`);
    }
    tags[tag] = version;
  }
  if (Object.keys(tags).length === 0) throw refused('has no dist-tag');
  return tags;
}

function readAccess(value: JsonValue | undefined): 'public' | 'restricted' | null {
  if (value === undefined || value === null) return null;
  if (value === 'public' || value === 'restricted') return value;
  throw refused('has an "access" other than null, "public" and "restricted"');
}

function readSigstore(
  attachments: JsonObject,
  stem: string,
  limits: NpmPublishLimits,
): string | null {
  const names = Object.keys(attachments).filter((name) => name !== `${stem}.tgz`);
  const [name] = names;
  if (name === undefined) return null;
  if (names.length > 1 || name !== `${stem}.sigstore`) {
    throw refused(`has an attachment ${quoteForeign(name)} that is not expected`);
  }
  const { content_type: type, data, length } = objectAt(attachments, name);
  if (typeof type !== 'string' || !type.startsWith('application/vnd.dev.sigstore.bundle')) {
    throw refused('has a .sigstore attachment that is no sigstore bundle by its type');
  }
  if (typeof data !== 'string') throw refused('has a .sigstore attachment without data');
  const sizeBytes = Buffer.byteLength(data);
  if (sizeBytes > limits.sigstoreBytes) {
    throw new CountersignError(
      'limit-exceeded',
      `the .sigstore attachment has ${sizeBytes} bytes, at most ${limits.sigstoreBytes} are read`,
    );
  }
  // libnpmpublish counts UTF-16 units.
  if (length !== data.length && length !== sizeBytes) {
    throw refused('has a .sigstore attachment of another length than it says');
  }
  return data;
}

function nameOf(document: JsonObject): string {
  const name = document['name'];
  if (typeof name !== 'string' || name === '') throw refused('has no "name"');
  if (document['_id'] !== undefined && document['_id'] !== name) {
    throw refused('has an "_id" that differs from its "name"');
  }
  return name;
}

function objectAt(parent: JsonObject, key: string, absent?: JsonObject): JsonObject {
  const value = Object.hasOwn(parent, key) ? parent[key] : absent;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(`has no object under ${quoteForeign(key)}`);
  }
  return value as JsonObject;
}

function refused(problem: string): CountersignError {
  return new CountersignError('malformed-upload', `the publish body ${problem}`, {
    hint: 'publish with an unmodified npm, pnpm, yarn or bun',
  });
}
