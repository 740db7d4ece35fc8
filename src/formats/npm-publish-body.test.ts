import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCountersignError } from '../core/errors.ts';
import {
  DEFAULT_NPM_PUBLISH_LIMITS,
  type NpmPublishBody,
  readNpmPublishBody,
} from './npm-publish-body.ts';

const TARBALL = Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * 7) % 256));

// biome-ignore lint/suspicious/noExplicitAny: tests break bodies in every place
function body(change: (body: any) => void = () => {}): any {
  const made = {
    _id: '@acme/web',
    name: '@acme/web',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name: '@acme/web', version: '1.0.0', dist: { tarball: 'x' } } },
    access: null,
    _attachments: {
      '@acme/web-1.0.0.tgz': {
        content_type: 'application/octet-stream',
        data: TARBALL.toString('base64'),
        length: TARBALL.length,
      },
    },
  };
  change(made);
  return made;
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: string | Uint8Array,
  { pieces = 64, limits = {} } = {},
): Promise<{ result: NpmPublishBody; tarball: Buffer; names: string[] }> {
  const chunks: Uint8Array[] = [];
  const names: string[] = [];
  const result = await readNpmPublishBody(
    inPieces(Buffer.from(bytes as string), pieces),
    (name) => {
      names.push(name);
      return { write: async (chunk) => void chunks.push(Buffer.from(chunk)) };
    },
    { ...DEFAULT_NPM_PUBLISH_LIMITS, ...limits },
  );
  return { result, tarball: Buffer.concat(chunks), names };
}

describe('a publish body', () => {
  it('gives the tarball and the rest, however it is cut and ordered', async () => {
    const { _attachments, ...rest } = body();
    for (const document of [body(), { _attachments, ...rest }]) {
      for (const pieces of [1, 2, 3, 5, 97, 100_000]) {
        const { result, tarball, names } = await read(JSON.stringify(document), { pieces });
        expect(names).toEqual(['@acme/web-1.0.0.tgz']);
        expect(tarball.equals(TARBALL)).toBe(true);
        expect(result).toEqual({
          kind: 'publish',
          name: '@acme/web',
          version: '1.0.0',
          manifest: body().versions['1.0.0'],
          distTags: { latest: '1.0.0' },
          access: null,
          tarballName: '@acme/web-1.0.0.tgz',
          tarballBytes: 1000,
          sigstore: null,
        });
      }
    }
  });

  it('may carry a provenance bundle as text', async () => {
    const bundle = JSON.stringify({ mediaType: 'x', note: 'ü "quoted"' });
    const document = body((b) => {
      b._attachments['@acme/web-1.0.0.sigstore'] = {
        content_type: 'application/vnd.dev.sigstore.bundle+json;version=0.3',
        data: bundle,
        length: bundle.length,
      };
    });
    const { result } = await read(JSON.stringify(document, null, 2), { pieces: 3 });
    expect(result).toMatchObject({ sigstore: bundle, tarballBytes: 1000 });
  });

  it('without attachments is an edit', async () => {
    for (const none of [undefined, {}]) {
      const document = body((b) => {
        b._attachments = none;
      });
      const { result } = await read(JSON.stringify(document));
      expect(result).toEqual({ kind: 'metadata-edit', name: '@acme/web' });
    }
  });

  it('gives back any tarball', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 400 }),
        async (bytes, pieces) => {
          const document = body((b) => {
            const attachment = b._attachments['@acme/web-1.0.0.tgz'];
            attachment.data = Buffer.from(bytes).toString('base64');
            attachment.length = bytes.length;
          });
          const { tarball } = await read(JSON.stringify(document), { pieces });
          expect(tarball.equals(bytes)).toBe(true);
        },
      ),
    );
  });
});

describe('a publish body that is refused', () => {
  const TGZ = '@acme/web-1.0.0.tgz';
  // biome-ignore lint/suspicious/noExplicitAny: see above
  it.each<[string, (b: any) => void, string]>([
    ['has two versions', (b) => (b.versions['2.0.0'] = {}), 'has 2 versions, expected one'],
    ['has no version', (b) => (b.versions = {}), 'has 0 versions'],
    ['has no versions', (b) => delete b.versions, '"versions"'],
    ['has no name', (b) => delete b.name, '"name"'],
    ['has another _id', (b) => (b._id = 'other'), '"_id"'],
    ['has another name inside', (b) => (b.versions['1.0.0'].name = 'x'), 'differs from its key'],
    ['has a strange access', (b) => (b.access = 'secret'), '"access"'],
    ['has no dist-tag', (b) => (b['dist-tags'] = {}), 'no dist-tag'],
    ['tags another version', (b) => (b['dist-tags'].latest = '0.9.0'), 'something else'],
    ['has a wrong length', (b) => (b._attachments[TGZ].length = 999), 'has 999 bytes, found 1000'],
    ['has no length', (b) => delete b._attachments[TGZ].length, 'found 1000'],
    ['has another type', (b) => (b._attachments[TGZ].content_type = 'x'), 'octet-stream'],
    ['has two tarballs', (b) => (b._attachments['b.tgz'] = { data: 'AAAA' }), 'second tarball'],
    [
      'names the tarball otherwise',
      (b) => (b._attachments = { 'x.tgz': b._attachments[TGZ] }),
      'expected "@acme/web-1.0.0.tgz"',
    ],
    ['has no data', (b) => delete b._attachments[TGZ].data, 'no tarball'],
    [
      'has an empty tarball',
      (b) => (b._attachments[TGZ] = { ...b._attachments[TGZ], data: '', length: 0 }),
      'empty tarball',
    ],
    ['has data in a list', (b) => (b._attachments[TGZ].data = ['AAAA']), 'no tarball'],
    ['has other characters', (b) => (b._attachments[TGZ].data += '\n'), 'not base64'],
    ['has url characters', (b) => (b._attachments[TGZ].data = '-_-_'), 'not base64'],
    ['has padding inside', (b) => (b._attachments[TGZ].data = 'AA==AAAA'), 'not base64'],
    ['lacks padding', (b) => (b._attachments[TGZ].data = 'AA'), 'not base64'],
    ['has unused bits', (b) => (b._attachments[TGZ].data = 'AB=='), 'not base64'],
    ['has another file', (b) => (b._attachments['x.sigstore'] = {}), '"x.sigstore"'],
  ])('%s', async (_, change, message) => {
    const text = JSON.stringify(body(change));
    for (const pieces of [1, 4, 100_000]) {
      const error = await read(text, { pieces }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'malformed-upload' });
      expect(String(error)).toContain(message);
    }
  });

  it.each<[string, string | Uint8Array, string]>([
    ['is empty', '', 'not valid JSON'],
    ['is a list', '[]', 'not a JSON object'],
    ['is cut in a string', '{"name":"x', 'truncated'],
    ['is cut in the tarball', JSON.stringify(body()).slice(0, 900), 'truncated'],
    ['is cut before the end', '{"name":"x"', 'truncated'],
    ['goes on behind the end', '{"name":"x"}{}', 'not valid JSON'],
    ['doubles a key', '{"name":"x","na\\u006de":"y"}', '"name" twice'],
    ['has a key of the prototype', '{"name":"x","a":{"__proto__":{}}}', '__proto__'],
    ['mixes brackets', '{"a":[}]', 'brackets'],
    ['lacks a comma', '{"name":"x" "_id":"x"}', 'not valid JSON'],
    ['is not UTF-8', Buffer.from('7b226e616d65223a22c3227d', 'hex'), 'not valid UTF-8'],
    ['has a byte order mark', '\ufeff{"name":"x"}', 'not valid JSON'],
  ])('%s', async (_, text, message) => {
    const error = await read(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'malformed-upload' });
    expect(String(error)).toContain(message);
  });

  it.each<[string, string, object]>([
    ['metadata', JSON.stringify(body()), { metadataBytes: 100 }],
    ['a tarball', JSON.stringify(body()), { tarballBytes: 999 }],
    ['depth', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, {}],
  ])('has too much of %s', async (_, text, limits) => {
    await expect(read(text, { limits })).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('has too long a provenance bundle', async () => {
    const document = body((b) => {
      const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
      b._attachments['@acme/web-1.0.0.sigstore'] = { content_type: type, data: 'xx', length: 2 };
    });
    const limits = { sigstoreBytes: 1 };
    const promise = read(JSON.stringify(document), { limits });
    await expect(promise).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('gets one of our errors wherever it is cut or changed', async () => {
    const sound = Buffer.from(JSON.stringify(body()));
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), fc.boolean(), async (at, to, cut) => {
        const bytes = Buffer.from(sound);
        bytes[at] = to;
        try {
          await read(cut ? bytes.subarray(0, at) : bytes, { pieces: 50 });
          expect(cut).toBe(false);
        } catch (error) {
          if (!isCountersignError(error)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('a body of any size takes flat memory', async () => {
  const chunk = Buffer.alloc(64 * 1024 * 3, 7);
  const encoded = Buffer.from(chunk.toString('base64'));
  const rounds = 1100;
  const [head = '', tail = ''] = JSON.stringify(
    body((b) => {
      const attachment = b._attachments['@acme/web-1.0.0.tgz'];
      attachment.data = '#';
      attachment.length = chunk.length * rounds;
    }),
  ).split('#');
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (let round = 0; round < rounds; round += 1) yield encoded;
    yield Buffer.from(tail);
  }
  let peak = 0;
  const before = process.memoryUsage().arrayBuffers;
  const result = await readNpmPublishBody(source(), () => ({
    write: () => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    },
  }));
  expect(result).toMatchObject({ tarballBytes: chunk.length * rounds });
  // 206 MiB pass through; what waits for the garbage collector is included.
  expect(peak).toBeLessThan(100 * 1024 * 1024);
});
