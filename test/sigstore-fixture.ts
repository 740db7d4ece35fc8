/** A Sigstore instance of the tests' own: certificate authority, logs, and attestations by them. */
import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog } from '@sigstore/mock';

/** An entry as Rekor answers. */
interface LogEntry {
  readonly body: string;
  readonly integratedTime: number;
  readonly logID: string;
  readonly logIndex: number;
  readonly verification?: {
    readonly signedEntryTimestamp?: string;
    readonly inclusionProof?: { readonly rootHash: string; readonly checkpoint: string };
  };
}

/** Claims of a CI run's token, as the forge writes them; they go into the certificate. */
export type RunClaims = Readonly<Record<string, string>>;

export interface SigstoreFixture {
  /** The trusted root, as a file. */
  readonly trustedRoot: Buffer;
  /** A Sigstore bundle around this statement. */
  attest(statement: object, claims?: RunClaims): Promise<Record<string, unknown>>;
}

/** A run of the release workflow of example/aitbc for tag v1.2.3. */
export const RUN: RunClaims = {
  iss: 'https://token.actions.example.com',
  sub: 'https://github.com/example/aitbc/.github/workflows/release.yml@refs/tags/v1.2.3',
  event_name: 'push',
  sha: 'c0ffee0000000000000000000000000000000000',
  repository: 'example/aitbc',
  repository_id: '4711',
  repository_owner: 'example',
  repository_owner_id: '815',
  ref: 'refs/tags/v1.2.3',
  workflow_ref: 'example/aitbc/.github/workflows/release.yml@refs/tags/v1.2.3',
  workflow_sha: 'c0ffee0000000000000000000000000000000000',
  run_id: '99',
  run_attempt: '1',
};

/** The binding that RUN fits. */
export const BINDING = {
  kind: 'github',
  issuer: 'https://token.actions.example.com',
  repository: '4711',
  owner: '815',
  workflow: '.github/workflows/release.yml',
  environment: null,
  audience: 'release.example.com',
} as const;

export async function startSigstore(): Promise<SigstoreFixture> {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }) as KeyPairKeyObjectResult;
  const since = new Date(Date.now() - 60_000).toISOString();
  const ctLog = await initializeCTLog(pair());
  const ca = await initializeCA(generateKeyPairSync('ec', { namedCurve: 'P-384' }), ctLog);
  const tlog = await initializeTLog('https://log.example.com', pair());
  const fulcio = fulcioHandler(ca);
  const bytesOf = (view: ArrayBufferView) =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const log = (key: Buffer) => ({
    baseUrl: 'https://log.example.com',
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: key.toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: since },
    },
    logId: { keyId: createHash('sha256').update(key).digest('base64') },
  });
  const trustedRoot = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(tlog.publicKey)],
    certificateAuthorities: [
      {
        subject: { organization: 'example', commonName: 'example' },
        uri: 'https://ca.example.com',
        certChain: { certificates: [{ rawBytes: bytesOf(ca.rootCertificate).toString('base64') }] },
        validFor: { start: since },
      },
    ],
    ctlogs: [log(ctLog.publicKey)],
    timestampAuthorities: [],
  };

  async function certify(publicKey: string, claims: RunClaims): Promise<string> {
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const head = Buffer.from(JSON.stringify({ alg: 'ES256' })).toString('base64url');
    const answer = await fulcio.fn(
      JSON.stringify({
        credentials: { oidcIdentityToken: `${head}.${body}.` },
        publicKeyRequest: { publicKey: { content: publicKey } },
      }),
    );
    if (answer.statusCode !== 201) throw new Error(String(answer.response));
    const { signedCertificateEmbeddedSct } = JSON.parse(String(answer.response));
    const [leaf] = signedCertificateEmbeddedSct.chain.certificates as string[];
    return (leaf ?? '').replace(/-----[A-Z ]+-----|\s/g, '');
  }

  return {
    trustedRoot: Buffer.from(JSON.stringify(trustedRoot)),
    async attest(statement, claims = RUN) {
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const certificate = await certify(pem, claims);
      const payload = Buffer.from(JSON.stringify(statement));
      const type = 'application/vnd.in-toto+json';
      const pae = Buffer.concat([
        Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `),
        payload,
      ]);
      const signature = createSign('sha256').update(pae).sign(keys.privateKey, 'base64');
      const logged = await tlog.log({
        apiVersion: '0.0.1',
        kind: 'dsse',
        spec: {
          payloadHash: {
            algorithm: 'sha256',
            value: createHash('sha256').update(payload).digest('hex'),
          },
          signatures: [{ signature, verifier: Buffer.from(pem).toString('base64') }],
        },
      });
      const [entry] = Object.values(logged as Readonly<Record<string, LogEntry>>);
      if (entry === undefined) throw new Error('nothing was logged');
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: certificate },
          tlogEntries: [
            {
              logIndex: String(entry.logIndex),
              logId: { keyId: Buffer.from(entry.logID, 'hex').toString('base64') },
              kindVersion: { kind: 'dsse', version: '0.0.1' },
              integratedTime: String(entry.integratedTime),
              inclusionPromise: {
                signedEntryTimestamp: entry.verification?.signedEntryTimestamp,
              },
              inclusionProof: {
                logIndex: '0',
                rootHash: Buffer.from(
                  entry.verification?.inclusionProof?.rootHash ?? '',
                  'hex',
                ).toString('base64'),
                treeSize: '1',
                hashes: [],
                checkpoint: { envelope: entry.verification?.inclusionProof?.checkpoint },
              },
              canonicalizedBody: entry.body,
            },
          ],
          timestampVerificationData: { rfc3161Timestamps: [] },
        },
        dsseEnvelope: {
          payload: payload.toString('base64'),
          payloadType: type,
          signatures: [{ sig: signature, keyid: '' }],
        },
      };
    },
  };
}

/** The statement that npm and GitHub write about a tarball. */
export function npmStatement(
  artifact: { readonly package: string; readonly version: string; readonly sha512: string },
  claims: RunClaims = RUN,
) {
  const repository = `https://github.com/${claims['repository']}`;
  const [path] = (claims['workflow_ref'] ?? '')
    .slice((claims['repository'] ?? '').length + 1)
    .split('@');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: `pkg:npm/${artifact.package.replace('@', '%40')}@${artifact.version}`,
        digest: { sha512: artifact.sha512 },
      },
    ],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: { workflow: { ref: claims['ref'], repository, path } },
        resolvedDependencies: [
          { uri: `git+${repository}@${claims['ref']}`, digest: { gitCommit: claims['sha'] } },
        ],
      },
    },
  };
}

/** The publish attestation of a Python distribution. */
export function publishStatement(artifact: { readonly file: string; readonly sha256: string }) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: artifact.file, digest: { sha256: artifact.sha256 } }],
    predicateType: 'https://docs.example.com/attestations/publish/v1',
    predicate: null,
  };
}

/** A bundle in the spelling of PEP 740. */
export function pep740Of(bundle: Record<string, unknown>) {
  const material = bundle['verificationMaterial'] as {
    certificate: { rawBytes: string };
    tlogEntries: unknown[];
  };
  const envelope = bundle['dsseEnvelope'] as { payload: string; signatures: { sig: string }[] };
  return {
    version: 1,
    verification_material: {
      certificate: material.certificate.rawBytes,
      transparency_entries: material.tlogEntries,
    },
    envelope: { statement: envelope.payload, signature: envelope.signatures[0]?.sig },
  };
}
