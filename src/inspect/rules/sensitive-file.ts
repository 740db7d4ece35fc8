import { isOfTests } from '../artifact/file-kind.ts';
import { fileExample, readConfiguration } from '../artifact/packed-file.ts';
import type { EntryProblem, EntryRule } from '../rule.ts';

/** Endings of `.env.*` files that are made to be copied and filled in. */
const TEMPLATES = /\.(?:example|sample|template|tmpl|dist|defaults?|schema)$/;
const CODE = /\.(?:[cm]?[jt]sx?|py|md|html?|css)$/;
const SSH_KEYS = /^id_(?:rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)$/;
const KEY_FILES = /\.(?:pem|key|pk8|ppk)$/;
/** All that this rule goes by, on a path in small letters. */
const PATHS =
  /(?:^|\/)(?:\.(?:git|ssh|gnupg|aws|docker|kube)\/|\.env(?:rc$|$|\.)|\.(?:npmrc|yarnrc|pypirc|git-credentials|pgpass|htpasswd)$|[._]netrc$|id_[a-z0-9_]{3,10}$)|\.(?:pem|key|pk8|ppk)$/;
const FOLDERS: readonly string[] = ['.git', '.ssh', '.gnupg', '.aws', '.docker', '.kube'];
/** Folders that matter only for these files in them. */
const IN_FOLDER: Readonly<Record<string, readonly string[]>> = {
  '.aws': ['credentials'],
  '.docker': ['config.json'],
  '.kube': ['config'],
};
const NPM_AUTH = /^[^#;\n]*_(?:authToken|auth|password)[ \t]*=[ \t]*(?!\$\{)[^\s]/m;
const ENV_VALUE = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=[ \t]*(?!""|'')[^\s#]/m;
const PUBLIC_PEM =
  /^[ \t]*-----BEGIN (?:CERTIFICATE|TRUSTED CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|X509 CRL|(?:NEW )?CERTIFICATE REQUEST|PKCS7|(?:X9\.42 )?DH PARAMETERS|EC PARAMETERS)-----/m;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'sensitive-file',
  version: 5,
  category: 'content',
  severity: 'high',
  effect: 'reject',
  about:
    'Files that hold credentials or history by their name: environment, registry and SSH configuration, keys, `.git`; stores of keys have a rule of their own',
  attack:
    'A file of the build machine is packed by accident, and everyone who installs the package has it',
  mend: "List what belongs into the package (`files` in package.json, the build backend's include list), and replace what has leaked before",
  paths: PATHS,
  *check(entry) {
    if (entry.kind === 'directory') return;
    const segments = entry.path.toLowerCase().split('/');
    const name = segments.at(-1) ?? '';
    const folder = segments.findIndex((segment) => FOLDERS.includes(segment));
    if (folder !== -1 && folder < segments.length - 1) {
      const owner = segments[folder] ?? '';
      const wanted = IN_FOLDER[owner];
      if (wanted === undefined || wanted.includes(segments.slice(folder + 1).join('/'))) {
        const path = entry.path
          .split('/')
          .slice(0, folder + 1)
          .join('/');
        yield { path, message: `the folder ${owner} of a machine is packed` };
        return;
      }
    }
    const problem = byName(name, entry.content);
    if (problem === null) return;
    const isKey = SSH_KEYS.test(name) || KEY_FILES.test(name);
    // a key that tests are made with is judged by what it holds, by private-key-pem
    if (isKey && isOfTests(entry.path)) {
      const isNamed = SSH_KEYS.test(name);
      yield { ...problem, effect: isNamed ? 'hold' : 'note', severity: isNamed ? 'medium' : 'low' };
    } else yield problem;
  },
  examples: {
    bad: [
      { about: 'an environment file', make: () => fileExample('package/.env', 'TOKEN=abc\n') },
      {
        about: 'an environment file of one stage',
        make: () => fileExample('package/.env.production', 'A=b'),
      },
      {
        about: 'an environment of a shell',
        make: () => fileExample('package/.envrc', 'export TOKEN=abc\n'),
      },
      {
        about: 'npm configuration with a credential',
        make: () => fileExample('package/.npmrc', '//registry.example.com/:_password=c2VjcmV0\n'),
      },
      {
        about: 'PyPI configuration',
        make: () => fileExample('pkg/.pypirc', '[pypi]\npassword = x\n'),
      },
      { about: 'a netrc file', make: () => fileExample('package/_netrc', 'machine example.com') },
      { about: 'an SSH key', make: () => fileExample('package/keys/id_ed25519', 'x') },
      { about: 'a key of PuTTY', make: () => fileExample('package/release.ppk', 'x') },
      {
        about: 'a key file that is no certificate',
        make: () => fileExample('package/server.KEY', 'x'),
      },
      {
        about: 'a public key, and behind it the private one',
        make: () =>
          fileExample(
            'a/all.pem',
            ` -----BEGIN PUBLIC KEY-----\nMIIB\n-----BEGIN ${'PRIVATE'} KEY-----\n`,
          ),
      },
      {
        about: 'a git folder',
        make: () => fileExample('package/.git/HEAD', 'ref: refs/heads/main'),
      },
      {
        about: 'AWS credentials',
        make: () => fileExample('package/.aws/credentials', '[default]'),
      },
    ],
    fine: [
      { about: 'ordinary code', make: () => fileExample('package/index.js', 'TOKEN=1') },
      {
        about: 'a certificate bundle',
        make: () => fileExample('certs/cacert.pem', '-----BEGIN CERTIFICATE-----\nMII'),
      },
      {
        about: 'a public key behind a blank',
        make: () => fileExample('a/public.pem', ' -----BEGIN PUBLIC KEY-----\nMIIB'),
      },
      {
        about: 'parameters that all servers may share',
        make: () => fileExample('a/dhparams.pem', '-----BEGIN DH PARAMETERS-----\nMIIBCAKC'),
      },
      {
        about: 'code about environment files',
        make: () => fileExample('src/.env.ts', 'export {}'),
      },
      {
        about: 'a public SSH key',
        make: () => fileExample('docs/id_ed25519.pub', 'ssh-ed25519 AAAA'),
      },
      { about: 'a git-ignore file', make: () => fileExample('package/.gitignore', 'dist') },
    ],
  },
};

function byName(name: string, content: Uint8Array): EntryProblem | null {
  if (name === '.env' || name === '.envrc' || name.startsWith('.env.'))
    return environment(name, content);
  if (name === '.npmrc' || name === '.yarnrc') {
    return NPM_AUTH.test(readConfiguration(content))
      ? { message: `${name} with a credential is packed` }
      : { message: `${name} is packed; it holds no credential`, effect: 'note', severity: 'low' };
  }
  if (['.pypirc', '.netrc', '_netrc', '.git-credentials', '.pgpass', '.htpasswd'].includes(name)) {
    return { message: `${name}, which is made to hold credentials, is packed` };
  }
  if (SSH_KEYS.test(name)) return { message: `${name}, the name of a private SSH key, is packed` };
  if (KEY_FILES.test(name) && !isPublicPem(content)) {
    const message = `a ${name.replace(/^.*\./, '*.')} file that is no certificate or public key is packed`;
    return { message, effect: 'hold' };
  }
  return null;
}

function environment(name: string, content: Uint8Array): EntryProblem | null {
  if (CODE.test(name)) return null;
  if (TEMPLATES.test(name)) {
    return {
      message: 'a template of an environment file is packed',
      effect: 'note',
      severity: 'info',
    };
  }
  return ENV_VALUE.test(readConfiguration(content))
    ? { message: 'an environment file with values is packed' }
    : { message: 'an environment file without values is packed', effect: 'note', severity: 'low' };
}

/** Only public blocks: one private block, or none at all, and it is not. */
function isPublicPem(content: Uint8Array): boolean {
  const text = readConfiguration(content);
  return PUBLIC_PEM.test(text) && !text.includes('PRIVATE KEY-----');
}
