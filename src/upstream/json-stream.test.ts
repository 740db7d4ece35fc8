import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonPath, readJsonStream } from './json-stream.ts';

const LIMITS = { maxBytes: 100_000, maxValueCharacters: 10_000, maxDepth: 20 };

async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function select(text: string, wants: (path: JsonPath) => boolean, size = 7) {
  const taken: [string, unknown][] = [];
  await readJsonStream(chunksOf(text, size), 'the answer', LIMITS, {
    wants,
    take: (path, value) => taken.push([path.join('/'), value]),
  });
  return taken;
}

test('the root, when wanted, is what JSON.parse gives, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue({ maxDepth: 5 }),
      fc.integer({ min: 1, max: 64 }),
      async (value, size) => {
        const text = JSON.stringify(value);
        expect(await select(text, (path) => path.length === 0, size)).toEqual([
          ['', JSON.parse(text)],
        ]);
      },
    ),
    { numRuns: 200 },
  );
});

test('only wanted values are taken, with their paths, and the others are asked about once', async () => {
  const asked: string[] = [];
  const taken = await select('{"a":{"b":[1,{"c":"x"}],"d":null},"e":true}', (path) => {
    asked.push(path.join('/'));
    return path.join('/') === 'a/b/1' || path[0] === 'e';
  });
  expect(taken).toEqual([
    ['a/b/1', { c: 'x' }],
    ['e', true],
  ]);
  expect(asked).toEqual(['', 'a', 'a/b', 'a/b/0', 'a/b/1', 'a/d', 'e']);
});

test('a key __proto__ stays an own key and touches no prototype', async () => {
  const [taken] = await select('{"__proto__":{"polluted":1}}', (path) => path.length === 0);
  expect(Object.keys(taken?.[1] as object)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([
  ['nothing', '', 'ends too early'],
  ['a document that stops', '{"a":[1,2', 'ends too early'],
  ['trailing text', '{} x', 'is not JSON'],
  ['something else', '<html>', 'is not JSON'],
  ['depth', '['.repeat(21), 'nested deeper than 20 levels'],
  ['size', `[${' '.repeat(100_000)}]`, 'more than 100000 bytes'],
  ['one long value', `["${'x'.repeat(10_001)}"]`, 'a value of more than 10000 characters'],
  ['many small values', `[${'[],'.repeat(1_000)}1]`, 'a value of more than 10000 characters'],
  ['a long key', `{"${'k'.repeat(4_097)}":1}`, 'a key of more than 4096 characters'],
])('%s is refused as not understood', async (_, text, problem) => {
  await expect(select(text, (path) => path.length === 0, 4_096)).rejects.toMatchObject({
    code: 'upstream-unreachable',
    message: expect.stringContaining(problem),
  });
});

test('bytes that are not UTF-8 are refused', async () => {
  const body = (async function* () {
    yield Uint8Array.of(0x22, 0xff, 0x22);
  })();
  await expect(
    readJsonStream(body, 'the answer', LIMITS, { wants: () => true, take: () => undefined }),
  ).rejects.toMatchObject({ code: 'upstream-unreachable' });
});

test('unwanted values cost no memory: a string longer than the value limit passes by', async () => {
  const text = `{"big":"${'x'.repeat(50_000)}","name":"ok"}`;
  expect(await select(text, (path) => path[0] === 'name', 4_096)).toEqual([['name', 'ok']]);
});
