/** Uploads as npm and twine make them, for tests that need to stand between client and gate. */
import { createHash } from 'node:crypto';
import { npmRules } from '../../src/ecosystem/npm.ts';
import { pypiRules } from '../../src/ecosystem/pypi.ts';
import type { SamplePackage } from '../contract/sample-packages.ts';

/** A call of the gate: what goes after the origin, and with which body. */
export interface UploadCall {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `npm publish` of this tarball; `change` edits the body before it is printed. */
export async function npmCall(
  tarball: SamplePackage,
  token: string,
  change: (body: PublishBody) => unknown = (body) => body,
): Promise<UploadCall> {
  const description = await npmRules.describe(tarball.file, async function* () {
    yield tarball.bytes;
  });
  const { package: name, version } = description;
  const digest = (algorithm: string) => createHash(algorithm).update(tarball.bytes);
  const body: PublishBody = {
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: {
        ...(description.metadata as object),
        dist: {
          integrity: `sha512-${digest('sha512').digest('base64')}`,
          shasum: digest('sha1').digest('hex'),
        },
      },
    },
    access: null,
    _attachments: {
      [`${name}-${version}.tgz`]: {
        content_type: 'application/octet-stream',
        data: Buffer.from(tarball.bytes).toString('base64'),
        length: tarball.bytes.length,
      },
    },
  };
  const changed = change(body);
  return {
    method: 'PUT',
    path: `/npm/${name.replace('/', '%2f')}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: Buffer.from(typeof changed === 'string' ? changed : JSON.stringify(changed)),
  };
}

export interface PublishBody {
  readonly _id: string;
  readonly name: string;
  readonly 'dist-tags': Record<string, string>;
  readonly versions: Record<string, Record<string, unknown>>;
  readonly access: null;
  readonly _attachments: Record<string, { content_type: string; data: string; length: number }>;
}

const BOUNDARY = 'cs-boundary-7d91f2c4';

/** `twine upload` of this distribution. */
export async function pypiCall(file: SamplePackage, token: string): Promise<UploadCall> {
  const { metadata } = await pypiRules.describe(file.file, async function* () {
    yield file.bytes;
  });
  return pypiFormCall(metadata as readonly (readonly [string, string])[], file, token);
}

/** As `pypiCall`, with these fields whatever the file holds. */
export function pypiFormCall(
  fields: readonly (readonly [string, string])[],
  file: SamplePackage,
  token: string,
): UploadCall {
  const part = (head: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n`;
  const text = fields.map(([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`);
  const content = `${part(`name="content"; filename="${file.file}"`)}content-type: application/octet-stream\r\n\r\n`;
  return {
    method: 'POST',
    path: '/pypi/legacy/',
    headers: {
      authorization: `Basic ${Buffer.from(`__token__:${token}`).toString('base64')}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    body: Buffer.concat([
      Buffer.from(text.join('') + content),
      file.bytes,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]),
  };
}

/** Sends it; the answer's status and text. Rejects where the connection broke. */
export async function sendUpload(
  origin: string,
  call: UploadCall,
): Promise<{ readonly status: number; readonly text: string }> {
  const { method, path, headers, body } = call;
  const answer = await fetch(`${origin}${path}`, { method, headers, body: new Uint8Array(body) });
  return { status: answer.status, text: await answer.text() };
}
