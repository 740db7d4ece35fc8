/** What the programs that install packages make of an archive: paths and the text of their files. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

/** Path to content, in the order of the archive; null where the program refuses it. */
export type Tree = ReadonlyMap<string, string> | null;

interface TarEntry extends AsyncIterable<Buffer> {
  readonly path: string;
  readonly type: string;
  on(event: 'data', listener: (chunk: Buffer) => void): this;
  on(event: 'end', listener: () => void): this;
}
interface TarModule {
  readonly Parser: new (options: {
    onReadEntry: (entry: TarEntry) => void;
    ondone: () => void;
  }) => { end(bytes: Buffer): void; on(event: 'error', listener: (error: Error) => void): void };
}

/** npm's own unpacker, as npm brings it. */
export function createNpmReader(): (bytes: Buffer) => Promise<Tree> {
  const fromNpm = createRequire(createRequire(import.meta.url).resolve('npm12/package.json'));
  const { Parser } = fromNpm('tar') as TarModule;
  return async (bytes) => {
    const tree = new Map<string, string>();
    const { promise, resolve } = Promise.withResolvers<Tree>();
    const parser = new Parser({
      onReadEntry(entry) {
        const chunks: Buffer[] = [];
        entry.on('data', (chunk) => void chunks.push(chunk));
        entry.on('end', () => {
          const isFile = /File$/.test(entry.type);
          if (isFile) tree.set(plainPath(entry.path), Buffer.concat(chunks).toString('latin1'));
        });
      },
      ondone: () => resolve(tree),
    });
    parser.on('error', () => resolve(null));
    parser.end(Buffer.from(bytes));
    return promise;
  };
}

const PYTHON = `
import io, json, sys, tarfile, zipfile
def tar(data):
    tree = {}
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
        for member in archive:
            if member.isreg():
                tree[member.name] = archive.extractfile(member).read().decode("latin1")
    return tree
def zip(data):
    tree = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                tree[info.filename] = archive.read(info).decode("latin1")
    return tree
for line in sys.stdin:
    data = bytes.fromhex(line.strip())
    try:
        print(json.dumps((zip if sys.argv[1] == "zip" else tar)(data)))
    except Exception as error:
        print("null")
`;

/** Python's tarfile or zipfile, which pip unpacks with; one answer for each archive. */
export function readWithPython(kind: 'tar' | 'zip', archives: readonly Buffer[]): readonly Tree[] {
  const input = archives.map((one) => `${one.toString('hex')}\n`).join('');
  const output = execFileSync('python3', ['-c', PYTHON, kind], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 300_000,
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line): Tree => {
      const tree = JSON.parse(line) as Record<string, string> | null;
      if (tree === null) return null;
      return new Map(Object.entries(tree).map(([path, text]) => [plainPath(path), text]));
    });
}

/** GNU tar: paths alone. */
export function listWithTar(bytes: Buffer): readonly string[] | null {
  try {
    const output = execFileSync('tar', ['--quoting-style=literal', '-tf', '-'], {
      input: gunzipSync(bytes),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return output.toString('latin1').trimEnd().split('\n').map(plainPath);
  } catch {
    return null;
  }
}

/** Without what all of them drop: dots, doubled and trailing slashes. */
function plainPath(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}
