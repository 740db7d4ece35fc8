/**
 * Reads PyPI's legacy upload: `POST` of multipart/form-data (RFC 7578) with one distribution under
 * `content` and its metadata as fields, in any order.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { CountersignError } from '../core/errors.ts';
import { quoteForeign } from './text.ts';

/** Bounds; above them 'limit-exceeded' is thrown. */
export interface PypiFormLimits {
  /** Bytes of the distribution. */
  readonly contentBytes: number;
  /** Number of fields; each classifier and requirement is one. */
  readonly fields: number;
  /** Bytes of all field values together. */
  readonly fieldBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_PYPI_FORM_LIMITS: PypiFormLimits = {
  contentBytes: 256 * MIB,
  fields: 4000,
  fieldBytes: 8 * MIB,
};

/** Where the distribution goes; a promise that `write` returns is awaited. */
export interface ContentSink {
  write(chunk: Uint8Array): Promise<void> | void;
}

/** Digests as the client claims them, lower-case hexadecimal; null when not sent. */
export interface ClaimedDigests {
  readonly md5: string | null;
  readonly sha256: string | null;
  readonly blake2b256: string | null;
}

/** What a form says. All but the size is the client's claim. */
export interface PypiUploadForm {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Name and value in the order sent, protocol fields and digests included. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly digests: ClaimedDigests;
  /** PEP 740: JSON text of a list, unverified; null when none was sent. */
  readonly attestations: string | null;
}

/**
 * Streams the distribution to the sink that `onContent` gives and returns the rest. What the sink
 * got is only valid when this returns. Throws 'malformed-upload' (no multipart, truncated, no or
 * two contents, another file, unknown :action or protocol_version, a single-valued field doubled, a
 * claimed digest that is none) and 'limit-exceeded'; errors of `source` and sink pass through.
 */
export async function readPypiUploadForm(
  source: AsyncIterable<Uint8Array>,
  contentType: string,
  onContent: (fileName: string) => ContentSink,
  limits: PypiFormLimits = DEFAULT_PYPI_FORM_LIMITS,
): Promise<PypiUploadForm> {
  const fields = createFields(limits);
  const parser = createParser(contentType, limits);
  let content: Promise<{ fileName: string; sizeBytes: number }> | undefined;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    parser.destroy();
  };
  // Its type says string; a part without a name has none.
  parser.on('field', (name: string | undefined, value, nameTruncated, valueTruncated) => {
    try {
      if (name === undefined) throw refused('has a field without a name');
      fields.add(name, value, nameTruncated || valueTruncated);
    } catch (error) {
      fail(error);
    }
  });
  parser.on('file', (given: string | undefined, stream, fileName) => {
    const name = given ?? '';
    stream.on('error', (error) => fail(notSound(error)));
    if (name === 'content' && content === undefined) {
      content = receive(stream, fileName, onContent, limits);
      content.catch(fail);
      return;
    }
    fail(
      refused(
        name === 'content'
          ? 'has two files under "content", expected one'
          : `has a file under ${quoteForeign(name)}, expected one under "content" only`,
      ),
    );
  });
  parser.on('fieldsLimit', () => fail(tooMuch(`has more than ${limits.fields} fields`)));
  try {
    await pipeline(Readable.from(passing(source, fail), { objectMode: true }), parser);
  } catch (error) {
    failure ??= notSound(error);
  }
  if (failure !== undefined) throw failure;
  if (content === undefined) throw refused('has no file under "content"');
  return { ...(await content), ...fields.check() };
}

/** Errors of the source itself must not be taken for errors of the form. */
async function* passing(
  source: AsyncIterable<Uint8Array>,
  fail: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* source;
  } catch (error) {
    fail(error);
    throw error;
  }
}

function createParser(contentType: string, limits: PypiFormLimits): BusboyInstance {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw refused(`has the type ${quoteForeign(contentType)}, expected multipart/form-data`);
  }
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      preservePath: true,
      limits: {
        fieldNameSize: 100,
        fieldSize: limits.fieldBytes,
        fields: limits.fields,
        fileSize: limits.contentBytes + 1,
        headerPairs: 20,
        headerSize: 16 * 1024,
      },
    });
  } catch (error) {
    throw refused(`cannot be read: ${messageOf(error)}`, error);
  }
}

async function receive(
  stream: BusboyFileStream,
  fileName: string,
  onContent: (fileName: string) => ContentSink,
  limits: PypiFormLimits,
): Promise<{ fileName: string; sizeBytes: number }> {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._+!-]*$/.test(fileName ?? '') || fileName.length > 255) {
    throw refused(`has the file name ${quoteForeign(fileName ?? '')}, which no distribution has`);
  }
  const sink = onContent(fileName);
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.contentBytes) {
      throw tooMuch(`has a file of more than ${limits.contentBytes} bytes`);
    }
    await sink.write(chunk);
  }
  if (sizeBytes === 0) throw refused('has an empty file under "content"');
  return { fileName, sizeBytes };
}

function createFields(limits: PypiFormLimits) {
  const fields: (readonly [string, string])[] = [];
  let totalBytes = 0;

  function add(name: string, value: string, isTruncated: boolean): void {
    totalBytes += Buffer.byteLength(value);
    if (isTruncated || totalBytes > limits.fieldBytes) {
      throw tooMuch(`has fields of more than ${limits.fieldBytes} bytes`);
    }
    // The parser puts U+FFFD for bytes that are not UTF-8; a description may hold one of its own.
    if (name !== 'description' && value.includes('\ufffd')) {
      throw refused(`has a field ${quoteForeign(name)} that is not valid UTF-8`);
    }
    fields.push([name, value]);
  }

  function single(name: string): string | null {
    const values = fields.filter(([key]) => key === name);
    if (values.length > 1) throw refused(`has the field ${quoteForeign(name)} twice`);
    return values[0]?.[1] ?? null;
  }

  function expectValue(name: string, expected: string): void {
    const found = single(name);
    if (found !== expected) {
      const shown = found === null ? 'nothing' : quoteForeign(found);
      throw refused(`has ${shown} under ${quoteForeign(name)}, expected "${expected}"`);
    }
  }

  function digest(name: string, digits: number): string | null {
    const value = single(name);
    if (value === null || value === '') return null;
    if (!/^[0-9a-fA-F]*$/.test(value) || value.length !== digits) {
      throw refused(`has a ${name} that is not ${digits} hexadecimal digits`);
    }
    return value.toLowerCase();
  }

  function check() {
    expectValue(':action', 'file_upload');
    expectValue('protocol_version', '1');
    for (const name of ['name', 'version', 'filetype', 'metadata_version', 'pyversion']) {
      if (single(name) === null && name !== 'pyversion') {
        throw refused(`has no field ${quoteForeign(name)}`);
      }
    }
    const digests: ClaimedDigests = {
      md5: digest('md5_digest', 32),
      sha256: digest('sha256_digest', 64),
      blake2b256: digest('blake2_256_digest', 64),
    };
    if (Object.values(digests).every((value) => value === null)) {
      throw refused('has none of sha256_digest, blake2_256_digest and md5_digest');
    }
    return { fields, digests, attestations: single('attestations') };
  }

  return { add, check };
}

function refused(problem: string, cause?: unknown): CountersignError {
  return new CountersignError('malformed-upload', `the upload form ${problem}`, {
    hint: 'upload with an unmodified twine, uv, flit, poetry, pdm or hatch',
    ...(cause === undefined ? {} : { cause }),
  });
}

function notSound(error: unknown): CountersignError {
  return refused(`is not sound multipart data: ${messageOf(error)}`, error);
}

function tooMuch(problem: string): CountersignError {
  return new CountersignError('limit-exceeded', `the upload form ${problem}`, {
    hint: 'make the distribution smaller, or raise the limit of the gateway',
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
