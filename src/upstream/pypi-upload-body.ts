import { CountersignError } from '../core/errors.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { ByteSource } from '../ecosystem/ecosystem.ts';
import type { FormFields } from '../formats/pypi-form.ts';
import { checkedBytes } from './artifact-bytes.ts';
import type { SendBody } from './registry-http.ts';

/** Field names of core metadata and of the upload itself: nothing that needs quoting. */
const FIELD_NAME = /^:?[a-z0-9_]+$/;
const ACTION = ':action';
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+!-]*$/;

/**
 * The body of an upload as the legacy API takes it (multipart/form-data, RFC 7578), streamed. Throws
 * `malformed-name` for a file name, `internal` for a field name that would need quoting.
 *
 * `:action` comes last, after the file: pypiserver stores what it got of a file when the connection
 * breaks, and publishes it under the name of the whole one. Without `:action` it stores nothing.
 */
export function pypiUploadBody(
  artifact: ManifestArtifact,
  bytes: ByteSource,
  fields: FormFields,
): SendBody {
  if (!FILE_NAME.test(artifact.file)) {
    throw new CountersignError(
      'malformed-name',
      `${artifact.file} is not the name of a Python file`,
    );
  }
  // stands neither in the file nor in fields made from it: it would have to hold its own digest
  const boundary = `countersign-${artifact.sha256}`;
  const part = (disposition: string, headers: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${headers}\r\n`;
  const field = ([name, value]: FormFields[number]): string =>
    `${part(`name="${checkedName(name)}"`, '')}${value}\r\n`;
  const before = Buffer.from(
    [
      ...fields.filter(([name]) => name !== ACTION).map(field),
      part(
        `name="content"; filename="${artifact.file}"`,
        'Content-Type: application/octet-stream\r\n',
      ),
    ].join(''),
  );
  const after = Buffer.from(
    `\r\n${fields
      .filter(([name]) => name === ACTION)
      .map(field)
      .join('')}--${boundary}--\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: before.length + artifact.sizeBytes + after.length,
    bytes: (async function* () {
      yield before;
      yield* checkedBytes(artifact, bytes);
      yield after;
    })(),
  };
}

function checkedName(name: string): string {
  if (FIELD_NAME.test(name)) return name;
  throw new CountersignError('internal', 'the form of a Python upload has a field without a name');
}
