import { type RepositoryPackage, repositoryPackages } from '../publish/package-name.ts';
import type { RepositoryFile } from '../repository.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { SourceText } from '../source-text.ts';

const CHANGELOG = /^(?:change(?:log|s)|history|news|release[_-]?notes)(?:\.[a-z]+)?$/i;
/** Written by tools that choose the version when they release. */
const PLACEHOLDER = /^0\.0\.0(?:-|$)/;

const MANIFEST = '{\n  "name": "aitbc-web",\n  "version": "1.2.3"\n}\n';

export const rule: PostureRule = {
  id: 'changelog-silent',
  reference: null,
  severity: 'low',
  confidence: 'proven',
  area: 'audit-trail',
  scope: 'repository',
  about: 'the version that a manifest names stands in a changelog',
  attack:
    'a version that nobody has described looks like every other one: approvers and users cannot tell a release that was planned from one that was slipped in',
  mend: 'describe the version in CHANGELOG.md, in the commit that sets it',
  incidents: [],
  applies: (context) => versionsOf(context).length > 0,
  examples: {
    bad: [
      {
        about: 'no changelog at all',
        files: { 'package.json': MANIFEST },
        found: ['package.json:3'],
      },
      {
        about: 'a changelog that stops before the version',
        files: { 'package.json': MANIFEST, 'CHANGELOG.md': '## 1.2.30\n\n## 1.2.2\n' },
        found: ['package.json:3'],
      },
      {
        about: 'a Python project beside the changelog of another',
        files: {
          'sdk/pyproject.toml': '[project]\nname = "aitbc-sdk"\nversion = "2.0.0"\n',
          'web/CHANGELOG.md': '## 2.0.0\n',
        },
        gateway: {
          path: 'countersign.yaml',
          origin: null,
          packages: [{ ecosystem: 'pypi', name: 'aitbc-sdk', mode: 'publish' }],
        },
        found: ['sdk/pyproject.toml:3'],
      },
    ],
    fine: [
      {
        about: 'the version is there',
        files: {
          'package.json': MANIFEST,
          'CHANGELOG.md': '# Changes\n\n## [1.2.3] - 2026-01-02\n',
        },
      },
      {
        about: 'a version that a tool chooses',
        files: { 'package.json': MANIFEST.replace('1.2.3', '0.0.0-development') },
      },
      {
        about: 'a package that nobody publishes',
        files: { 'package.json': MANIFEST.replace('{\n', '{\n  "private": true,\n') },
      },
    ],
  },
  check,
};

interface Version {
  readonly own: RepositoryPackage;
  readonly file: RepositoryFile;
  readonly version: string;
  readonly index: number;
}

function* check(context: AuditContext): Generator<Problem> {
  for (const { own, file, version, index } of versionsOf(context)) {
    const found = changelogOf(context, own.folder);
    if (found !== null && (found.text === null || names(found.text, version))) continue;
    yield {
      source: new SourceText(file.path, file.text ?? ''),
      span: { start: index, end: index + version.length },
      message:
        found === null
          ? `${own.name} has version ${version} and no changelog`
          : `${own.name} has version ${version}, which ${found.path} does not name`,
    };
  }
}

/** The packages of the gateway; where nobody says which these are, the one of the root. */
function versionsOf(context: AuditContext): readonly Version[] {
  const gated = context.gateway?.packages ?? [];
  return repositoryPackages(context).flatMap((own) => {
    const isAsked =
      gated.length === 0
        ? own.folder === '' && !own.isPrivate
        : gated.some((one) => one.ecosystem === own.ecosystem && one.name === own.name);
    const name = own.ecosystem === 'npm' ? 'package.json' : 'pyproject.toml';
    const file = context.files.get(own.folder === '' ? name : `${own.folder}/${name}`);
    const found = isAsked && file !== undefined ? readVersion(own, file.text ?? '') : null;
    return found === null || file === undefined ? [] : [{ own, file, ...found }];
  });
}

function readVersion(
  { ecosystem }: RepositoryPackage,
  text: string,
): { readonly version: string; readonly index: number } | null {
  const form =
    ecosystem === 'npm'
      ? /"version"\s*:\s*"([^"\n]{1,100})"/d
      : /^version\s*=\s*["']([^"'\n]{1,100})["']/dm;
  const match = form.exec(text);
  const [, version = ''] = match ?? [];
  if (version === '' || PLACEHOLDER.test(version)) return null;
  return { version, index: match?.indices?.[1]?.[0] ?? 0 };
}

/** Of the package's own folder, else of the root. */
function changelogOf(context: AuditContext, folder: string): RepositoryFile | null {
  const inFolder = (wanted: string) =>
    [...context.files.values()].find(({ path }) => {
      const at = path.lastIndexOf('/');
      return path.slice(0, Math.max(at, 0)) === wanted && CHANGELOG.test(path.slice(at + 1));
    });
  return inFolder(folder) ?? inFolder('') ?? null;
}

/** Whole: 1.2.3 is not named by 1.2.30 or 11.2.3. */
function names(text: string, version: string): boolean {
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    const [before = '', after = ''] = [text.charAt(at - 1), text.slice(at + version.length)];
    if (!/[0-9.]/.test(before) && !/^(?:[0-9A-Za-z+-]|\.[0-9])/.test(after)) return true;
  }
  return false;
}
