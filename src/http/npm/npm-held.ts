/** How held npm versions are shown to the credential of their own release. */
import { rsort } from 'semver';
import { decodeHex, encodeBase64 } from '../../formats/base64.ts';
import type { HeldFile } from '../../gateway/gateway.ts';

/** A packument of the held versions alone. `base` is the address of the npm surface. */
export function packumentOf(name: string, held: readonly HeldFile[], base: string): object {
  const versions = Object.fromEntries(
    held.map((one) => [one.version, { ...plainObject(one.metadata), dist: distOf(one, base) }]),
  );
  const [latest] = rsort(Object.keys(versions));
  return { _id: name, name, 'dist-tags': latest === undefined ? {} : { latest }, versions };
}

function distOf(one: HeldFile, base: string): object {
  return {
    integrity: `sha512-${encodeBase64(decodeHex(one.sha512))}`,
    shasum: one.sha1,
    tarball: `${base}/${one.package}/-/${tarballName(one)}`,
  };
}

/** The last part of the file name: clients upload `@scope/name-1.0.0.tgz`. */
export function tarballName(one: HeldFile): string {
  return one.file.slice(one.file.lastIndexOf('/') + 1);
}

function plainObject(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
