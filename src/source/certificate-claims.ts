/** What a certificate of Sigstore's authority says of the CI run that it was made for. */

/** Null where the certificate does not say it. The names are those of Fulcio's extensions. */
export interface CertificateClaims {
  readonly repository: string | null;
  readonly repositoryId: string | null;
  readonly ownerId: string | null;
  /** The workflow file and the ref that it was taken from: `https://.../release.yml@refs/tags/v1`. */
  readonly buildConfig: string | null;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly trigger: string | null;
  readonly run: string | null;
}

/** An extension as the verifier hands it out. */
interface Extension {
  readonly oid?: { readonly id: readonly number[] } | undefined;
  readonly value: Uint8Array;
}

// below 1.3.6.1.4.1.57264.1; github.com/sigstore/fulcio docs/oid-info.md
const PREFIX = '1.3.6.1.4.1.57264.1.';
const NUMBERS = {
  repository: 12,
  commit: 13,
  ref: 14,
  repositoryId: 15,
  ownerId: 17,
  buildConfig: 18,
  trigger: 20,
  run: 21,
} as const satisfies Record<keyof CertificateClaims, number>;

const VALUE_MAX_BYTES = 4096;

/** The claims of a verified certificate. */
export function claimsOf(extensions: readonly Extension[]): CertificateClaims {
  const read = (number: number): string | null => {
    const found = extensions.filter((one) => one.oid?.id.join('.') === `${PREFIX}${number}`);
    const [only] = found;
    return found.length === 1 && only !== undefined ? readUtf8String(only.value) : null;
  };
  return {
    repository: read(NUMBERS.repository),
    commit: read(NUMBERS.commit),
    ref: read(NUMBERS.ref),
    repositoryId: read(NUMBERS.repositoryId),
    ownerId: read(NUMBERS.ownerId),
    buildConfig: read(NUMBERS.buildConfig),
    trigger: read(NUMBERS.trigger),
    run: read(NUMBERS.run),
  };
}

/** The workflow's path in the repository; GitLab writes two slashes before it. */
export function workflowPath({ buildConfig, repository }: CertificateClaims): string | null {
  if (buildConfig === null || repository === null) return null;
  if (!buildConfig.startsWith(`${repository}/`)) return null;
  const path = buildConfig.slice(repository.length).replace(/^\/{1,2}/, '');
  const end = path.lastIndexOf('@');
  return end <= 0 ? null : path.slice(0, end);
}

/** A DER UTF8String that fills `bytes` exactly; null for everything else. */
function readUtf8String(bytes: Uint8Array): string | null {
  const [tag, first = 0] = bytes;
  if (tag !== 0x0c || bytes.length > VALUE_MAX_BYTES) return null;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (lengthBytes > 2) return null;
  let length = lengthBytes === 0 ? first : 0;
  for (let at = 0; at < lengthBytes; at += 1) length = length * 256 + (bytes[2 + at] ?? 0);
  const content = bytes.subarray(2 + lengthBytes);
  if (content.length !== length) return null;
  const text = Buffer.from(content).toString('utf8');
  return /^[\x20-\x7e]+$/.test(text) ? text : null;
}
