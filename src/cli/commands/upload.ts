import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { createClient } from '../../client/client.ts';
import { CountersignError, isCountersignError } from '../../core/errors.ts';
import type { ManifestArtifact } from '../../core/manifest.ts';
import type { Sha256, Sha512 } from '../../core/names.ts';
import type { Ecosystem } from '../../ecosystem/ecosystem.ts';
import { sha256Hex } from '../../evidence/signed-statement.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import type { Caller } from '../../gateway/gateway.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { readSecretVariable, type Secret } from '../../host/secret.ts';
import { type CredentialOf, ciCredentials } from '../ci-credential.ts';
import {
  type CommandContext,
  type CommandHost,
  examples,
  type Outcome,
  type Perform,
} from '../command.ts';
import { originOf } from '../connection.ts';
import { hashFile } from '../files.ts';
import { UPLOAD_VARIABLE, uploadAddresses } from '../upload-instructions.ts';

interface UploadOptions {
  readonly server?: string;
  readonly distTag?: string;
}

/** `countersign upload`: hands files over where no client of the ecosystem is at hand. */
export function addUpload(parent: Command, perform: Perform): void {
  parent
    .command('upload')
    .summary('hand over files, where npm, twine or uv are not at hand')
    .description(
      `Uploads tarballs, wheels and source distributions to the release of the upload credential in\n${UPLOAD_VARIABLE}. Without one, in a GitHub job with "id-token: write", it trades the\njob's identity for one. Ordinary clients do the same; see "release open".`,
    )
    .argument('<file...>', 'packed files')
    .option('--server <url>', 'address of the gateway; default COUNTERSIGN_SERVER')
    .option('--dist-tag <tag>', 'the dist-tag to ask for, as npm publish --tag does')
    .addHelpText(
      'after',
      examples('countersign upload dist/*.whl dist/*.tar.gz aitbc-explorer-web-1.2.3.tgz'),
    )
    .action((files: readonly string[], options: UploadOptions) =>
      perform((context) => uploadFiles(context, files, options)),
    );
}

async function uploadFiles(
  { host, terminal }: CommandContext,
  files: readonly string[],
  options: UploadOptions,
): Promise<Outcome> {
  const origin = originOf(host, options);
  const addresses = new Map(Object.entries(uploadAddresses(origin)));
  const callerOf = askOnce(host, origin);
  const credentialOf = await chooseCredential(host, origin, callerOf);
  let release: string | null = null;
  const ecosystems = await host.ecosystems();
  const uploaded: { file: string; package: string; version: string; sha256: string }[] = [];
  for (const path of files) {
    const ecosystem = identify([...ecosystems.values()], basename(path));
    const location = resolve(host.cwd, path);
    const bytes = () => createReadStream(location) as AsyncIterable<Uint8Array>;
    const { description, artifact } = await describeFile(host.cwd, path, ecosystem, bytes);
    const credential = await credentialOf(artifact);
    // A registry's client can only say "refused"; the gateway says why, before anything is sent.
    const caller = await callerOf(credential);
    release = caller.kind === 'upload' ? caller.release : release;
    terminal.progress(`uploading ${path}`);
    await ecosystem
      .connect(addresses.get(ecosystem.name) ?? '', null)
      .publish(artifact, bytes, description.metadata, {
        credential,
        stagingTag: ecosystem.hasDistTags ? (options.distTag ?? 'latest') : null,
      });
    uploaded.push({
      file: artifact.file,
      package: artifact.package,
      version: artifact.version,
      sha256: artifact.sha256,
    });
  }
  return {
    exit: 0,
    value: { release, uploaded },
    prose: uploaded.map(
      (one) => `${one.file}: ${one.package} ${one.version}, sha256 ${one.sha256}`,
    ),
  };
}

/** The credential of the environment, else what the identity of this job is traded for. */
async function chooseCredential(
  host: CommandHost,
  origin: string,
  callerOf: CallerOf,
): Promise<CredentialOf> {
  if ((host.env[UPLOAD_VARIABLE] ?? '') !== '') {
    const credential = readSecretVariable(host.env, UPLOAD_VARIABLE);
    await callerOf(credential);
    return () => Promise.resolve(credential);
  }
  const traded = ciCredentials(host, origin);
  if (traded !== null) return traded;
  throw new CountersignError(
    'unauthenticated',
    `expected an upload credential in ${UPLOAD_VARIABLE}, found none`,
    { hint: 'countersign release open gives one; a job with "id-token: write" needs none' },
  );
}

type CallerOf = (credential: Secret) => Promise<Caller>;

/** Asks the gateway whose a credential is, once for each. */
function askOnce(host: CommandHost, origin: string): CallerOf {
  const asked = new Map<Secret, Promise<Caller>>();
  return (credential) => {
    const token = credential.reveal();
    const caller =
      asked.get(credential) ?? createClient({ origin, fetch: host.fetch, token }).caller();
    asked.set(credential, caller);
    return caller;
  };
}

/** The first ecosystem that has such file names. Throws `malformed-name` where none has. */
function identify(ecosystems: readonly Ecosystem[], file: string): Ecosystem {
  const found = ecosystems.find((one) => {
    try {
      one.identifyFile(file);
      return true;
    } catch (error) {
      if (isCountersignError(error)) return false;
      throw error;
    }
  });
  if (found !== undefined) return found;
  throw new CountersignError(
    'malformed-name',
    `expected a packed file of ${ecosystems.map((one) => one.name).join(' or ')}, found ${file.slice(0, 200)}`,
    { hint: 'name the .tgz, .whl or .tar.gz as the packing tool named it' },
  );
}

async function describeFile(
  cwd: string,
  path: string,
  ecosystem: Ecosystem,
  bytes: () => AsyncIterable<Uint8Array>,
) {
  const digests = await hashFile(cwd, path);
  const description = await ecosystem.describe(basename(path), bytes);
  const artifact: ManifestArtifact = {
    ecosystem: ecosystem.name,
    package: description.package,
    version: description.version,
    kind: description.kind,
    file: basename(path),
    sizeBytes: digests.sizeBytes,
    sha256: digests.sha256 as Sha256,
    sha512: digests.sha512 as Sha512,
    metadata: await sha256Hex(nodeCrypto, encodeCanonical(description.metadata)),
  };
  return { description, artifact };
}
