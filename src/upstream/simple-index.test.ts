import { expect, test } from 'vitest';
import { readAnchors } from './html-anchors.ts';
import { readSimpleIndex } from './simple-index.ts';

const DIGEST = 'ab'.repeat(32);

function read(body: string, contentType = 'text/html; charset=utf-8') {
  const answer = {
    url: new URL('http://127.0.0.1:1/simple/a/'),
    contentType,
    body: (async function* () {
      yield new TextEncoder().encode(body);
    })(),
  };
  return readSimpleIndex(answer, 'the page');
}
const json = (value: unknown) => read(JSON.stringify(value), 'application/vnd.pypi.simple.v1+json');

test('an HTML index gives files, digests, requirements and yanks, and skips comments', async () => {
  const page = `<!DOCTYPE html><html><body><!-- <a href="x.whl">x.whl</a> -->
    <a href="../../files/a-1.0.tar.gz#sha256=${DIGEST}" data-requires-python="&gt;=3.9">a-1.0.tar.gz</a><br>
    <A data-yanked data-provenance='http://127.0.0.1:2/p' data-core-metadata='sha256=1' HREF='http://127.0.0.1:2/a-1.0-py3-none-any.whl'>a-1.0-py3-none-any.whl</A>
    </body></html>`;
  expect(await read(page)).toEqual([
    {
      file: 'a-1.0.tar.gz',
      url: new URL(`http://127.0.0.1:1/files/a-1.0.tar.gz#sha256=${DIGEST}`),
      sha256: DIGEST,
      hasMetadata: false,
      requiresPython: '>=3.9',
      isYanked: false,
      uploadedAt: null,
      hasProvenance: false,
    },
    {
      file: 'a-1.0-py3-none-any.whl',
      url: new URL('http://127.0.0.1:2/a-1.0-py3-none-any.whl'),
      sha256: null,
      hasMetadata: true,
      requiresPython: null,
      isYanked: true,
      uploadedAt: null,
      hasProvenance: true,
    },
  ]);
  expect(await read('<html></html>')).toEqual([]);
});

test('a JSON index says the same', async () => {
  const file = { filename: 'a-1.0.tar.gz', url: '/files/a-1.0.tar.gz', hashes: { sha256: DIGEST } };
  const files = await json({ meta: {}, name: 'a', files: [{ ...file, 'core-metadata': true }] });
  expect(files).toMatchObject([{ file: 'a-1.0.tar.gz', sha256: DIGEST, hasMetadata: true }]);
  expect(files[0]?.hasProvenance).toBe(false);
  const attested = await json({ files: [{ ...file, provenance: 'http://127.0.0.1:1/p' }] });
  expect(attested[0]?.hasProvenance).toBe(true);
  expect(files[0]?.url.href).toBe('http://127.0.0.1:1/files/a-1.0.tar.gz');
});

test.each([
  ['a link whose text is another file', '<a href="a-1.0.tar.gz">a-2.0.tar.gz</a>'],
  ['an anchor that is not closed', '<a href="a-1.0.tar.gz">a-1.0.tar.gz'],
  ['an attribute twice', '<a href="a.whl" href="b.whl">b.whl</a>'],
  ['an element inside a link', '<a href="a.whl"><b>a.whl</b></a>'],
  ['an attribute without quotes', '<a href=a.whl>a.whl</a>'],
  ['a comment without end', '<!-- <a href="a.whl">a.whl</a>'],
  ['a file on another scheme', '<a href="file:///a.whl">a.whl</a>'],
  ['a script address', '<a href="javascript:a.whl">a.whl</a>'],
  ['a digest that is none', '<a href="a.whl#sha256=12">a.whl</a>'],
  ['no address', '<a name="x">x</a>'],
])('a page with %s is not understood', async (_, page) => {
  await expect(read(page)).rejects.toMatchObject({ code: 'upstream-unreachable' });
});

test.each([
  ['no list', {}],
  ['a list that is none', { files: 'all' }],
  ['a file that is text', { files: ['a.whl'] }],
  ['a file without address', { files: [{ filename: 'a.whl' }] }],
  ['a digest that is a number', { files: [{ filename: 'a', url: 'a', hashes: { sha256: 1 } }] }],
])('a JSON index with %s is not understood', async (_, value) => {
  await expect(json(value)).rejects.toMatchObject({ code: 'upstream-unreachable' });
});

test('hostile pages cost linear time', () => {
  const started = performance.now();
  for (const unit of ['<a ', '<a href="', '<!--', '<a href="x">', '<a a="1" b="2" ', '&#1']) {
    readAnchors(unit.repeat(200_000), 1_000_000);
  }
  readAnchors(`<a ${' '.repeat(1_000_000)}`, 10);
  expect(performance.now() - started).toBeLessThan(30_000);
});
