/** Whose certificates and logs attestations are verified with; never fetched, always named. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';
import { CountersignError } from '../core/errors.ts';
import { requireSha256, type Sha256 } from '../core/names.ts';
import { TRUSTED_ROOT_SEED } from './trusted-root-seed.ts';

const ROOT_MAX_BYTES = 4 * 1024 * 1024;

export interface TrustedRootRead {
  /** SHA-256 of the file's bytes: what the claim names. */
  readonly digest: Sha256;
  readonly text: string;
  readonly material: TrustMaterial;
}

/** The root that came with this version: Sigstore's public instance. */
export function seededTrustedRoot(): TrustedRootRead {
  return parseTrustedRoot(Buffer.from(TRUSTED_ROOT_SEED, 'base64'));
}

/**
 * Reads the trusted root that the signed rules name by digest from `folder`; null is the seeded
 * one. Throws `config-invalid` where the file is missing or is another one.
 */
export async function readTrustedRoot(
  folder: string,
  wanted: Sha256 | null,
): Promise<TrustedRootRead> {
  if (wanted === null) return seededTrustedRoot();
  const path = join(folder, `${wanted}.json`);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CountersignError('config-invalid', `the trusted root ${path} cannot be read`, {
      hint: 'put the file there that provenance.trusted-root names by its SHA-256',
      cause,
    });
  });
  const root = parseTrustedRoot(bytes);
  if (root.digest === wanted) return root;
  throw new CountersignError(
    'config-invalid',
    `${path}: expected SHA-256 ${wanted}, found ${root.digest}`,
  );
}

/**
 * Throws `config-invalid` for what is no trusted root, and for one with a key or certificate
 * authority that does not say since when it is valid: with it, a time of no kind would be checked.
 */
export function parseTrustedRoot(bytes: Uint8Array): TrustedRootRead {
  const digest = requireSha256(createHash('sha256').update(bytes).digest('hex'));
  if (bytes.length > ROOT_MAX_BYTES) refuse(`has more than ${ROOT_MAX_BYTES} bytes`);
  const root = readRoot(bytes);
  const authorities = [...root.certificateAuthorities, ...root.timestampAuthorities];
  const periods = [
    ...[...root.tlogs, ...root.ctlogs].map((one) => one.publicKey?.validFor),
    ...authorities.map((one) => one.validFor),
  ];
  if (root.certificateAuthorities.length === 0) refuse('names no certificate authority');
  if (root.tlogs.length === 0) refuse('names no transparency log');
  if (root.ctlogs.length === 0) refuse('names no certificate transparency log');
  if (periods.some((one) => one?.start === undefined)) {
    refuse('has a key or an authority that does not say since when it is valid');
  }
  const text = Buffer.from(bytes).toString('utf8');
  return { digest, text, material: toTrustMaterial(root) };
}

function readRoot(bytes: Uint8Array): TrustedRoot {
  try {
    return TrustedRoot.fromJSON(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new CountersignError('config-invalid', 'the trusted root cannot be read', { cause });
  }
}

function refuse(problem: string): never {
  throw new CountersignError('config-invalid', `the trusted root ${problem}`, {
    hint: 'take one as Sigstore or the forge exports it',
  });
}
