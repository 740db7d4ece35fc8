import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTarGz, makeZip } from '../../testdata/archives.ts';
import { isCountersignError } from '../core/errors.ts';
import { readArchive } from './archive.ts';
import { comparePypiForm, derivePypiForm, type FormFields } from './pypi-form.ts';
import { readSdistMetadata, readWheelMetadata } from './python-distribution.ts';
import { parsePythonFileName } from './python-filename.ts';
import { type PythonMetadata, parsePythonMetadata } from './python-metadata.ts';

const METADATA = `Metadata-Version: 2.4
Name: Acme.SDK
Version: 1.0.0
Summary: zwölf
License: MIT
        second line
Classifier: A :: B
Classifier: C :: D
Requires-Dist: requests[socks]>=2,<3; python_version >= "3.8"
Requires-Dist: Zope.Interface
Provides-Extra: Dev_Tools
Project-URL: Home, https://example.com
X-Custom: kept, not sent
Requires-Python: >=3.8

# Acme

Text
`;
const WHEEL = 'acme_sdk-1.0.0-py3-none-any.whl';
const SDIST = 'acme_sdk-1.0.0.tar.gz';
const INFO = 'acme_sdk-1.0.0.dist-info';

function parse(text: string): PythonMetadata {
  return parsePythonMetadata(Buffer.from(text), 'METADATA');
}

function wheel(files: Record<string, string>, name = WHEEL): Promise<PythonMetadata> {
  const members = Object.entries(files).map(([path, content]) => ({ path, content }));
  return readWheelMetadata(readArchive(makeZip(members)), parsePythonFileName(name));
}

async function sdist(files: Record<string, string>, name = SDIST): Promise<PythonMetadata> {
  const members = Object.entries(files).map(([path, content]) => ({ path, content }));
  return readSdistMetadata(readArchive(await makeTarGz(members)), parsePythonFileName(name));
}

const SOUND = {
  'acme_sdk/__init__.py': '',
  [`${INFO}/METADATA`]: METADATA,
  [`${INFO}/WHEEL`]: 'Wheel-Version: 1.0\n',
  [`${INFO}/RECORD`]: '',
};

describe('a file name', () => {
  it.each<[string, string, string, string]>([
    ['acme_sdk-1.0.0-py3-none-any.whl', 'acme-sdk', '1.0.0', 'py3'],
    [
      'Acme.SDK-1.0.0rc1-1build-cp312-abi3-manylinux_2_17_x86_64.whl',
      'acme-sdk',
      '1.0.0rc1',
      'cp312',
    ],
    ['a-1.0+local_1-py2.py3-none-any.whl', 'a', '1.0+local.1', 'py2.py3'],
    ['acme_sdk-1.0.0.tar.gz', 'acme-sdk', '1.0.0', 'source'],
    ['Acme-SDK-1.0.tar.gz', 'acme-sdk', '1.0', 'source'],
    ['acme-v1.0RC1.tar.gz', 'acme', '1.0rc1', 'source'],
  ])('%s gives project, version and Python version', (fileName, project, version, pyversion) => {
    expect(parsePythonFileName(fileName)).toMatchObject({ project, version, pyversion });
  });

  it.each([
    'acme-1.0.0-alpha1.tar.gz',
    'acme-1.0.zip',
    'acme-1.0-py3.egg',
    'acme.tar.gz',
    '../acme-1.0.tar.gz',
    'acme-1.0-py3-none.whl',
    '-1.0.tar.gz',
    'a\u0000-1.0.tar.gz',
    `${'a'.repeat(300)}-1.0.tar.gz`,
  ])('%s is refused', (fileName) => {
    expect(() => parsePythonFileName(fileName)).toThrow(/expected NAME-VERSION|PEP 440/);
  });

  it('is read in bounded time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9._-]{0,250}(\.whl|\.tar\.gz)$/), (fileName) => {
        try {
          parsePythonFileName(fileName);
        } catch (error) {
          if (!isCountersignError(error)) throw error;
        }
      }),
    );
  });
});

describe('core metadata', () => {
  it('is read with headers in order, folded values and the body', () => {
    for (const text of [METADATA, METADATA.replaceAll('\n', '\r\n')]) {
      const metadata = parse(text);
      expect(metadata).toMatchObject({
        metadataVersion: '2.4',
        name: 'Acme.SDK',
        project: 'acme-sdk',
        version: '1.0.0',
        description: '# Acme\n\nText\n',
      });
      expect(metadata.headers.slice(3, 7)).toEqual([
        ['summary', 'zwölf'],
        ['license', 'MIT\nsecond line'],
        ['classifier', 'A :: B'],
        ['classifier', 'C :: D'],
      ]);
    }
  });

  it('of old versions has its description among the headers', () => {
    const text = METADATA.split('\n\n')[0];
    const old = `${text}\nDescription: one\n        two\n        \n               four\n`;
    expect(parse(old).description).toBe('one\ntwo\n\n       four');
    expect(parse(`${text}\n`).description).toBeNull();
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'Metadata-Version'],
    ['no name', METADATA.replace(/^Name.*\n/m, ''), 'under Name, found nothing'],
    ['a name with a path', METADATA.replace('Acme.SDK', '../x'), 'found "../x"'],
    ['no version', METADATA.replace(/^Version.*\n/m, ''), 'under Version'],
    ['an odd version', METADATA.replace('1.0.0', '1.0-x-y'), 'found "1.0-x-y"'],
    ['two names', METADATA.replace('Summary', 'NAME'), '"name" twice'],
    ['a line that is none', METADATA.replace('License: MIT', 'License MIT'), 'line 5 is no header'],
    ['a folded first line', ` x\n${METADATA}`, 'line 1 is no header'],
    ['two descriptions', METADATA.replace('Summary', 'Description'), 'another in the body'],
    ['a NUL', `${METADATA}\0`, 'NUL'],
  ])('with %s is refused', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('that is not UTF-8 or too large is refused', () => {
    expect(() => parsePythonMetadata(Buffer.from([0x4e, 0xff]), 'METADATA')).toThrow('UTF-8');
    const large = Buffer.alloc(5 * 1024 * 1024, 'a');
    expect(() => parsePythonMetadata(large, 'METADATA')).toThrow('at most 4194304');
    const many = `${METADATA.split('\n\n')[0]}\n${'Classifier: x\n'.repeat(6000)}`;
    expect(() => parse(many)).toThrow('more than 5000 headers');
  });

  it('of any bytes is read or refused by us', () => {
    fc.assert(
      fc.property(fc.nat(METADATA.length - 1), fc.nat(255), (at, to) => {
        const bytes = Buffer.from(METADATA);
        bytes[at] = to;
        try {
          parsePythonMetadata(bytes, 'METADATA');
        } catch (error) {
          if (!isCountersignError(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a wheel', () => {
  it('gives its metadata', async () => {
    expect((await wheel(SOUND)).project).toBe('acme-sdk');
  });

  const other = METADATA.replace('1.0.0', '1.0.1');
  it.each<[string, Record<string, string>, string, string]>([
    ['no dist-info', { 'a.py': '' }, 'malformed-archive', 'found 0'],
    ['two', { ...SOUND, 'evil-1.dist-info/METADATA': METADATA }, 'malformed-archive', 'found 2'],
    ['no METADATA', { [`${INFO}/WHEEL`]: '' }, 'malformed-archive', 'METADATA'],
    ['no RECORD', { ...without('RECORD') }, 'malformed-archive', 'RECORD'],
    ['other version', { ...SOUND, [`${INFO}/METADATA`]: other }, 'metadata-disagrees', '"1.0.1"'],
    [
      'another project',
      { ...SOUND, [`${INFO}/METADATA`]: METADATA.replace('Acme.SDK', 'evil') },
      'metadata-disagrees',
      '"evil"',
    ],
  ])('with %s is refused', async (_, files, code, message) => {
    const error = await wheel(files).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(message);
  });

  it('that was renamed is refused', async () => {
    const promise = wheel(SOUND, 'acme_sdk-2.0.0-py3-none-any.whl');
    await expect(promise).rejects.toMatchObject({ code: 'metadata-disagrees' });
  });

  function without(name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(SOUND).filter(([path]) => !path.endsWith(name)));
  }
});

describe('an sdist', () => {
  it('gives its metadata, whichever way its folder is spelled', async () => {
    for (const folder of ['acme_sdk-1.0.0', 'Acme.SDK-1.0.0', 'acme-sdk-1.0.0']) {
      const files = { [`${folder}/PKG-INFO`]: METADATA, [`${folder}/x.egg-info/PKG-INFO`]: 'no' };
      expect((await sdist(files)).version).toBe('1.0.0');
    }
  });

  it.each<[string, Record<string, string>, string]>([
    ['no PKG-INFO', { 'acme_sdk-1.0.0/setup.py': '' }, 'malformed-archive'],
    ['two folders', { 'acme_sdk-1.0.0/PKG-INFO': METADATA, 'x/y': '' }, 'malformed-archive'],
    ['another folder', { 'evil-1.0.0/PKG-INFO': METADATA }, 'metadata-disagrees'],
    [
      'another version',
      { 'acme_sdk-1.0.0/PKG-INFO': METADATA.replace('1.0.0', '2.0') },
      'metadata-disagrees',
    ],
  ])('with %s is refused', async (_, files, code) => {
    await expect(sdist(files)).rejects.toMatchObject({ code });
  });
});

describe('the derived form', () => {
  const sha256 = 'a'.repeat(64);
  const form = derivePypiForm(parse(METADATA), parsePythonFileName(WHEEL), { sha256 });

  it('has the fields of the upload API in order', () => {
    expect(form).toEqual([
      [':action', 'file_upload'],
      ['protocol_version', '1'],
      ['metadata_version', '2.4'],
      ['name', 'Acme.SDK'],
      ['version', '1.0.0'],
      ['filetype', 'bdist_wheel'],
      ['pyversion', 'py3'],
      ['summary', 'zwölf'],
      ['license', 'MIT\nsecond line'],
      ['classifiers', 'A :: B'],
      ['classifiers', 'C :: D'],
      ['requires_python', '>=3.8'],
      ['requires_dist', 'requests[socks]>=2,<3; python_version >= "3.8"'],
      ['requires_dist', 'Zope.Interface'],
      ['provides_extra', 'Dev_Tools'],
      ['project_urls', 'Home, https://example.com'],
      ['description', '# Acme\n\nText\n'],
      ['sha256_digest', sha256],
    ]);
  });

  const changed = (field: string, value: string): FormFields =>
    form.map(([name, old]) => [name, name === field ? value : old] as const);

  it.each([
    ['the name in another spelling', changed('name', 'acme_sdk')],
    ['the version in another spelling', changed('version', 'v1.0.0')],
    ['another summary', changed('summary', 'x')],
    ['no SHA-256', form.filter(([name]) => name !== 'sha256_digest')],
    ['an upper-case SHA-256', changed('sha256_digest', sha256.toUpperCase())],
    ['requirements in another order', form.toReversed()],
    [
      'requirements in another spelling',
      form.map(([name, value]) =>
        value.startsWith('requests')
          ? ([name, "Requests [socks] (<3,>=2) ; python_version>='3.8'"] as const)
          : ([name, value] as const),
      ),
    ],
  ])('agrees with a request that has %s', (_, request) => {
    expect(comparePypiForm(request, form)).toEqual([]);
  });

  it.each<[string, FormFields]>([
    ['name', changed('name', 'evil')],
    ['version', changed('version', '1.0.1')],
    ['filetype', changed('filetype', 'sdist')],
    ['pyversion', changed('pyversion', 'cp312')],
    ['requires_python', changed('requires_python', '>=3')],
    ['requires_dist', [...form, ['requires_dist', 'evil']]],
    ['requires_dist', form.filter(([, value]) => value !== 'Zope.Interface')],
    ['provides_extra', [...form, ['provides_extra', 'x']]],
    ['sha256_digest', changed('sha256_digest', 'b'.repeat(64))],
  ])('shows a request with another %s', (field, request) => {
    expect(comparePypiForm(request, form).map((one) => one.field)).toEqual([field]);
  });
});
