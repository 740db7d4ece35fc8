import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCountersignError } from '../core/errors.ts';
import {
  DEFAULT_PYPI_FORM_LIMITS,
  type PypiUploadForm,
  readPypiUploadForm,
} from './pypi-upload-form.ts';

const WHEEL = 'acme_sdk-1.0.0-py3-none-any.whl';
const FIELDS: readonly (readonly [string, string])[] = [
  [':action', 'file_upload'],
  ['protocol_version', '1'],
  ['metadata_version', '2.4'],
  ['name', 'acme-sdk'],
  ['version', '1.0.0'],
  ['filetype', 'bdist_wheel'],
  ['pyversion', 'py3'],
  ['classifiers', 'A :: B'],
  ['classifiers', 'C :: D'],
  ['summary', 'zwölf'],
  ['sha256_digest', 'A'.repeat(64)],
];

interface Part {
  readonly name: string;
  readonly value: string;
  readonly fileName?: string;
  readonly type?: string | null;
}

const CONTENT: Part = { name: 'content', value: 'PK\r\n--b\r\nbytes', fileName: WHEEL };

function form(parts: readonly Part[]): Buffer {
  const text = parts.map(({ name, value, fileName, type = 'application/octet-stream' }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const typed = fileName === undefined || type === null ? '' : `Content-Type: ${type}\r\n`;
    return `--boundary\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${typed}\r\n${value}\r\n`;
  });
  return Buffer.from(`${text.join('')}--boundary--\r\n`);
}

function fieldsAnd(...parts: readonly Part[]): Part[] {
  return [...FIELDS.map(([name, value]) => ({ name, value })), ...parts];
}

function without(name: string, ...parts: readonly Part[]): Part[] {
  return [...fieldsAnd(CONTENT).filter((part) => part.name !== name), ...parts];
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  { pieces = 100, limits = {}, type = 'multipart/form-data; boundary=boundary' } = {},
): Promise<{ result: PypiUploadForm; content: string }> {
  const chunks: Uint8Array[] = [];
  const result = await readPypiUploadForm(
    inPieces(bytes, pieces),
    type,
    () => ({ write: async (chunk) => void chunks.push(Buffer.from(chunk)) }),
    { ...DEFAULT_PYPI_FORM_LIMITS, ...limits },
  );
  return { result, content: Buffer.concat(chunks).toString() };
}

describe('an upload form', () => {
  it.each([
    ['content last, as twine', fieldsAnd(CONTENT)],
    ['content first', [CONTENT, ...fieldsAnd()]],
    ['content without a type, as flit', fieldsAnd({ ...CONTENT, type: null })],
  ])('is read with %s', async (_, parts) => {
    for (const pieces of [1, 7, 100_000]) {
      const { result, content } = await read(form(parts), { pieces });
      expect(content).toBe(CONTENT.value);
      expect(result).toEqual({
        fileName: WHEEL,
        sizeBytes: CONTENT.value.length,
        fields: FIELDS,
        digests: { md5: null, sha256: 'a'.repeat(64), blake2b256: null },
        attestations: null,
      });
    }
  });

  it('may carry attestations behind the content, as uv sends them', async () => {
    const { result } = await read(form(fieldsAnd(CONTENT, { name: 'attestations', value: '[]' })));
    expect(result.attestations).toBe('[]');
  });
});

describe('an upload form that is refused', () => {
  it('has a field or a file without a name', async () => {
    for (const file of ['', '; filename="a"']) {
      const part = `--boundary\r\nContent-Disposition: form-data${file}\r\n\r\n\ufffd\r\n`;
      const bytes = Buffer.concat([Buffer.from(part), form(fieldsAnd(CONTENT))]);
      await expect(read(bytes)).rejects.toMatchObject({ code: 'malformed-upload' });
    }
  });

  it.each<[string, Part[], string]>([
    ['has no content', fieldsAnd(), 'no file under "content"'],
    ['has content as a field', fieldsAnd({ name: 'content', value: 'x' }), 'no file'],
    ['has two contents', fieldsAnd(CONTENT, CONTENT), 'two files'],
    ['has an empty content', fieldsAnd({ ...CONTENT, value: '' }), 'empty file'],
    [
      'has another file',
      fieldsAnd(CONTENT, { ...CONTENT, name: 'gpg_signature' }),
      'under "gpg_signature"',
    ],
    ['has a path for a name', fieldsAnd({ ...CONTENT, fileName: '../x.whl' }), '"../x.whl"'],
    ['has no action', without(':action'), 'has nothing under ":action"'],
    ['has another action', without(':action', { name: ':action', value: 'submit' }), '"submit"'],
    ['has no protocol', without('protocol_version'), 'protocol_version'],
    ['has no name', without('name'), 'no field "name"'],
    ['has two names', fieldsAnd(CONTENT, { name: 'name', value: 'x' }), '"name" twice'],
    ['has no digest', without('sha256_digest'), 'none of sha256_digest'],
    [
      'has a digest that is none',
      without('sha256_digest', { name: 'sha256_digest', value: 'abc' }),
      'not 64 hexadecimal digits',
    ],
  ])('%s', async (_, parts, message) => {
    for (const pieces of [1, 100_000]) {
      const error = await read(form(parts), { pieces }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'malformed-upload' });
      expect(String(error)).toContain(message);
    }
  });

  it('is of another type, or not UTF-8', async () => {
    const sound = form(fieldsAnd(CONTENT));
    for (const type of ['application/json', 'multipart/form-data', 'multipart/form-data; x=y']) {
      await expect(read(sound, { type })).rejects.toMatchObject({ code: 'malformed-upload' });
    }
    const broken = Buffer.from(sound);
    broken[broken.indexOf('zw') + 2] = 0xff;
    await expect(read(broken)).rejects.toThrow('"summary" that is not valid UTF-8');
  });

  it.each([
    ['content', { contentBytes: 5 }],
    ['fields', { fields: 5 }],
    ['field bytes', { fieldBytes: 20 }],
  ])('has too many %s', async (_, limits) => {
    const promise = read(form(fieldsAnd(CONTENT)), { limits });
    await expect(promise).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('is cut anywhere', async () => {
    const sound = form(fieldsAnd(CONTENT));
    for (let length = 0; length < sound.length - 6; length += 3) {
      const error = await read(sound.subarray(0, length)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'malformed-upload' });
    }
  });

  it('gets one of our errors wherever it is changed', async () => {
    const sound = form(fieldsAnd(CONTENT));
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), async (at, to) => {
        const bytes = Buffer.from(sound);
        bytes[at] = to;
        try {
          await read(bytes);
        } catch (error) {
          if (!isCountersignError(error)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lets errors of source and sink pass', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield form(fieldsAnd(CONTENT)).subarray(0, 500);
      throw new Error('connection lost');
    }
    const type = 'multipart/form-data; boundary=boundary';
    const sink = () => ({ write: () => {} });
    await expect(readPypiUploadForm(failing(), type, sink)).rejects.toThrow('connection lost');
    const full = () => ({ write: () => Promise.reject(new Error('disk full')) });
    const bytes = inPieces(form(fieldsAnd(CONTENT)), 50);
    await expect(readPypiUploadForm(bytes, type, full)).rejects.toThrow('disk full');
  });
});

it('a form of any size takes flat memory', async () => {
  const [head = '', tail = ''] = form(fieldsAnd({ ...CONTENT, value: '#' }))
    .toString()
    .split('#');
  const rounds = 3200;
  const chunk = Buffer.alloc(64 * 1024, 7);
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (let round = 0; round < rounds; round += 1) yield chunk;
    yield Buffer.from(tail);
  }
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const type = 'multipart/form-data; boundary=boundary';
  const { sizeBytes } = await readPypiUploadForm(source(), type, () => ({
    write: () => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    },
  }));
  expect(sizeBytes).toBe(rounds * 64 * 1024);
  expect(peak).toBeLessThan(100 * 1024 * 1024);
});
