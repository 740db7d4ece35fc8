import { createHash } from 'node:crypto';
import { quoteForeign } from '../../formats/text.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { PackedFile } from '../artifact/packed-tree.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { wheelFiles } from '../samples/sample-artifact.ts';

const INFO = 'aitbc_agent_sdk-1.2.3.dist-info';
/** Files that cannot hold their own digest, and signatures that come later (PEP 427). */
const UNHASHED = /^\.dist-info\/RECORD(?:\.jws|\.p7s)?$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'wheel-record',
  version: 3,
  category: 'content',
  severity: 'high',
  effect: 'reject',
  about:
    'RECORD of a wheel lists every file with its SHA-256 and size, each is that of the packed bytes, and no two files are installed to one path',
  attack:
    'A wheel is opened after it was built, and a file is added or changed, as the loader in ultralytics 8.3.41 / 8.3.42 (I16) or the .pth file in litellm 1.82.7 / 1.82.8 (I36) may be',
  mend: 'Build the wheel again; do not change what is in it afterwards without a tool that writes RECORD anew (`wheel pack`)',
  *check({ tree }) {
    const text = tree.texts.get('.dist-info/RECORD');
    if (tree.layout !== 'wheel' || text === undefined) return;
    const rows = readRecord(Buffer.from(text).toString('utf8'));
    for (const file of tree.files) yield* checkFile(file, rows);
    const paths = new Set(tree.files.map((one) => one.path));
    yield* checkOverwritten(tree.files, paths);
    for (const path of rows.keys()) {
      if (paths.has(path)) continue;
      yield { message: `RECORD lists ${quoteForeign(path)}, which is not packed`, subject: path };
    }
  },
  examples: {
    bad: [
      { about: 'other bytes', make: () => sample({ record: ['agent.py', 'sha256=AAAA', '3'] }) },
      { about: 'a file that is not listed', make: () => sample({ record: null }) },
      {
        about: 'a file that is not there',
        make: () => sample({ more: 'gone.py,sha256=AAAA,1\n' }),
      },
      { about: 'a file without a digest', make: () => sample({ record: ['agent.py', '', ''] }) },
      {
        about: 'code as the target of a link',
        make: () => {
          const link = {
            ...fileExample('b.py', ''),
            kind: 'symlink',
            linkTarget: 'x = 1',
          } as const;
          const more = `b.py,sha256=${digest('x = 1')},\n`;
          const { kind, entries } = sample({ more });
          return { kind, entries: [...entries, link] };
        },
      },
      {
        about: 'a file that takes the place of another',
        make: () => {
          const path = 'aitbc_agent_sdk-1.2.3.data/purelib/agent.py';
          const { kind, entries } = sample({ more: `${path},sha256=${digest('x')},1\n` });
          return { kind, entries: [...entries, fileExample(path, 'x')] };
        },
      },
      { about: 'a weak digest', make: () => sample({ record: ['agent.py', 'md5=AAAA', '3'] }) },
    ],
    fine: [
      { about: 'a RECORD that is right', make: () => sample({}) },
      {
        about: 'a file that is installed beside another',
        make: () => {
          const path = 'aitbc_agent_sdk-1.2.3.data/purelib/other.py';
          const { kind, entries } = sample({ more: `${path},sha256=${digest('x')},1\n` });
          return { kind, entries: [...entries, fileExample(path, 'x')] };
        },
      },
      {
        about: 'a name with a comma',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'a,b.txt': 'x',
            [`${INFO}/RECORD`]: `"a,b.txt",sha256=${digest('x')},1\n${INFO}/METADATA,sha256=${digest(METADATA)},${METADATA.length}\n${INFO}/WHEEL,sha256=${digest('Wheel-Version: 1.0\n')},19\n${INFO}/RECORD,,\n`,
          }),
        }),
      },
    ],
  },
};

/** Behind which a file is installed as if it lay at the top (PEP 427); whatever the folder is called. */
const SPREAD = /^[^/]+\.data\/(?:purelib|platlib)\//i;

/** pip and uv put the files of these folders over those at the top, without a word. */
function* checkOverwritten(
  files: readonly PackedFile[],
  paths: ReadonlySet<string>,
): Iterable<ArtifactProblem> {
  const spread = new Set<string>();
  for (const { path } of files) {
    const target = path.replace(SPREAD, '');
    if (target === path) continue;
    if (paths.has(target) || spread.has(target)) {
      const message = `is installed as ${quoteForeign(target)}, in place of another file`;
      yield { path, message, effect: 'hold' };
    }
    spread.add(target);
  }
}

interface Row {
  readonly hash: string;
  readonly size: string;
}

/** CSV with doubled quotes; the first of two rows of one path counts for installers. */
function readRecord(text: string): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
    const [path = '', hash = '', size = ''] = cells;
    if (!rows.has(path)) rows.set(path, { hash, size });
  }
  return rows;
}

function* checkFile(
  { path, place, form, sha256, sizeBytes }: PackedFile,
  rows: ReadonlyMap<string, Row>,
): Iterable<ArtifactProblem> {
  const row = rows.get(path);
  if (row === undefined) {
    yield { path, message: 'the file is packed and not listed in RECORD' };
    return;
  }
  if (form === 'link') {
    // no tool makes such a wheel, and a link shows no text that anybody could read
    yield { path, message: 'a link, which pip unpacks as a file with the target as its text' };
    return;
  }
  if (UNHASHED.test(place)) return;
  const [algorithm, wanted] = row.hash.split('=', 2);
  if (algorithm !== 'sha256' || wanted === undefined) {
    const message = `RECORD names no SHA-256 for it, found ${row.hash === '' ? 'nothing' : quoteForeign(row.hash)}`;
    yield { path, message, effect: 'hold' };
    return;
  }
  const found = Buffer.from(sha256 ?? '', 'hex').toString('base64url');
  if (wanted.replace(/=+$/, '') !== found) {
    const message = 'RECORD names another SHA-256 than the packed bytes have';
    yield { path, message };
  } else if (row.size !== '' && row.size !== String(sizeBytes)) {
    yield { path, message: `RECORD says ${quoteForeign(row.size)} bytes, ${sizeBytes} are packed` };
  }
}

const METADATA = 'Metadata-Version: 2.2\nName: aitbc-agent-sdk\nVersion: 1.2.3\n';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** A wheel of one module; `record` replaces its row, null takes it out. */
function sample(change: { readonly record?: readonly string[] | null; readonly more?: string }) {
  const right = ['agent.py', `sha256=${digest('abc')}`, '3'];
  const own = change.record === undefined ? right : change.record;
  const rows = [
    ...(own === null ? [] : [own]),
    [`${INFO}/METADATA`, `sha256=${digest(METADATA)}`, `${METADATA.length}`],
    [`${INFO}/WHEEL`, `sha256=${digest('Wheel-Version: 1.0\n')}`, '19'],
    [`${INFO}/RECORD`, '', ''],
  ];
  const text = `${rows.map((row) => row.join(',')).join('\n')}\n${change.more ?? ''}`;
  const entries = wheelFiles({ 'agent.py': 'abc', [`${INFO}/RECORD`]: text });
  return { kind: 'wheel', entries } as const;
}
