import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { SourceText } from '../source-text.ts';

interface Ecosystem {
  readonly manifest: string;
  readonly locks: RegExp;
  readonly severity: 'medium' | 'low';
  readonly mend: string;
  /** Whether the manifest asks for anything that a lock file would fix. */
  readonly depends: (text: string) => boolean;
}

/** At the root: workspaces share the lock file of theirs. */
const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    manifest: 'package.json',
    locks: /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/,
    severity: 'medium',
    mend: 'commit the lock file of the package manager, and install with npm ci, --frozen-lockfile or --immutable',
    depends: (text) => /"(?:devD|d|optionalD)ependencies"\s*:\s*\{\s*"|"workspaces"\s*:/.test(text),
  },
  {
    manifest: 'pyproject.toml',
    locks:
      /^(?:uv\.lock|poetry\.lock|pdm\.lock|pixi\.lock|pylock(?:\.[a-z-]+)?\.toml|Pipfile\.lock|(?:.+\/)?(?:[a-z-]*requirements|constraints)[a-z-]*\.txt)$/,
    severity: 'low',
    mend: 'commit a lock file (uv.lock, poetry.lock, pylock.toml, or requirements with hashes) for what CI installs',
    depends: (text) =>
      /^\s*(?:dependencies|optional-dependencies)\b|^\[(?:dependency-groups|project\.optional-dependencies|tool\.poetry\.)/m.test(
        text,
      ),
  },
];

const MANIFEST = '{ "name": "aitbc-web", "devDependencies": { "typescript": "^7.0.0" } }\n';

export const rule: PostureRule = {
  id: 'lock-file-missing',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'validation',
  scope: 'repository',
  about: 'what is built and released is installed from a lock file of the repository',
  attack:
    'without one every run takes the newest versions there are: a dependency that was taken over an hour ago is in the build, and in the next run it may be gone without a trace',
  mend: 'commit the lock file of the package manager',
  incidents: ['I36', 'I44'],
  applies: (context) => ECOSYSTEMS.some((one) => dependsOn(context, one)),
  examples: {
    bad: [
      {
        about: 'npm dependencies and no lock file',
        files: { 'package.json': MANIFEST },
        found: ['package.json:1'],
      },
      {
        about: 'a lock file of the other ecosystem',
        files: {
          'package.json': MANIFEST,
          'package-lock.json': '{}',
          'pyproject.toml': '[project]\nname = "aitbc-sdk"\ndependencies = ["httpx"]\n',
        },
        found: ['pyproject.toml:1'],
      },
    ],
    fine: [
      {
        about: 'one for each',
        files: {
          'package.json': MANIFEST,
          'pnpm-lock.yaml': '',
          'pyproject.toml': '[project]\nname = "aitbc-sdk"\ndependencies = ["httpx"]\n',
          'uv.lock': '',
        },
      },
      { about: 'no dependencies', files: { 'package.json': '{ "name": "aitbc-web" }\n' } },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const ecosystem of ECOSYSTEMS) {
    if (!dependsOn(context, ecosystem)) continue;
    const { manifest, locks, severity, mend } = ecosystem;
    if ([...context.files.keys()].some((path) => locks.test(path))) continue;
    yield {
      source: new SourceText(manifest, context.files.get(manifest)?.text ?? ''),
      span: { start: 0, end: 0 },
      severity,
      message: `${manifest} asks for dependencies, and no lock file says which`,
      mend,
    };
  }
}

function dependsOn(context: AuditContext, { manifest, depends }: Ecosystem): boolean {
  const text = context.files.get(manifest)?.text ?? null;
  return text !== null && depends(text);
}
