import {
  type AuditContext,
  eachStep,
  isOnPath,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { shellCommands } from '../shell-command.ts';
import { usesName } from '../uses-reference.ts';
import type { Job } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';

const BAD = `on: push
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: npm install -g npm@latest
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'package-ad-hoc',
  reference: 'W26',
  severity: 'low',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: 'tools come from a lock file, not from what a registry gives at that moment',
  attack:
    'a version that was published an hour ago by a thief is installed and run in the job: no lock file holds it back, no review saw it come',
  mend: 'make the tool a dependency with a lock file and install that, or install the whole version that was reviewed and no range',
  incidents: ['I36', 'I40'],
  examples: {
    bad: [
      {
        about: 'the newest client, at the moment of the release',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'a tool of Python beside the release',
        files: workflowFile(
          BAD.replace('npm install -g npm@latest', 'pip install --upgrade twine'),
        ),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'a package in tests, where less is at stake',
        files: workflowFile(
          BAD.replace('npm publish', 'npm test').replace('-g npm@latest', '--no-save tape'),
          'test',
        ),
        found: ['.github/workflows/test.yml:7'],
      },
      {
        about: 'a pipeline of GitLab',
        files: pipelineFile(`publish:
  script:
    - pip install twine
    - twine upload dist/*
`),
        found: ['.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab with digests',
        files: pipelineFile(`publish:
  script:
    - pip install --require-hashes -r tools.txt
    - twine upload dist/*
`),
      },
      {
        about: 'what the lock file says',
        files: workflowFile(
          BAD.replace('npm install -g npm@latest', 'npm install --ignore-scripts'),
        ),
      },
      {
        about: 'requirements with their digests, and the folder itself',
        files: workflowFile(
          BAD.replace(
            'npm install -g npm@latest',
            'pip install --require-hashes -r tools.txt && npm install ./plugin',
          ),
        ),
      },
    ],
  },
  check,
};

/** Of one script. */
const FOUND_MAX = 100;

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, step } of eachStep(context)) {
    if (step.run === null || !CLIENT.test(step.run.text)) continue;
    const onPath = job !== null && isOnPath(context, job);
    const isClose = onPath && touchesPackage(context, job);
    for (const { name, index, length } of installed(step.run.text, onPath)) {
      yield {
        source,
        span: placeInScalar(source, step.run, index, length),
        message: `${name.slice(0, 80)} is installed outside of a lock file${onPath ? ', on the publish path' : ''}`,
        ...(isClose && !isExact(name) && { severity: 'medium' }),
        ...(job !== null && { job }),
      };
    }
  }
}

/** A whole version can be replaced too, but not quietly; the installers themselves come first everywhere. */
function isExact(name: string): boolean {
  return /@[0-9]+\.[0-9]+\.[0-9]+$|==[0-9]|^(?:pip|setuptools|wheel)$/.test(name);
}

function* installed(text: string, onPath: boolean) {
  let found = 0;
  for (const { words, index } of shellCommands(text)) {
    const texts = words.map((word) => word.text);
    const name = installedPackage(texts, onPath);
    if (name === null) continue;
    yield { name, index, length: texts[0]?.length ?? 0 };
    found += 1;
    if (found >= FOUND_MAX) return;
  }
}

/** Whether what runs in the job can end up in the package, or holds what publishes it. */
function touchesPackage(context: AuditContext, job: Job): boolean {
  const power = context.path.of(job);
  if (power === null) return false;
  if (power.mintsIdentity || power.acts.length + power.registrySecrets.length > 0) return true;
  return job.steps.some(
    ({ uses }) => uses !== null && usesName(uses.reference) === 'actions/upload-artifact',
  );
}

const CLIENT = /\b(?:npm|pnpm|yarn|bun|gem|bundle|pip|pip3|pipx|uv)\b/;
const NODE_CLIENTS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const ADDS = new Set(['install', 'i', 'add', 'in', 'ins', 'inst']);
/** Options whose next word is theirs and no package. */
const WITH_VALUE =
  /^(?:--(?:prefix|registry|tag|workspace|filter|cwd|dir|loglevel|cache|omit|include|version|source|platform|target|index-url|extra-index-url|constraint|requirement|editable|find-links|group)|-[wCFvcrefti])$/;

/** The first package that the command installs by its name; null for none. */
function installedPackage(words: readonly string[], onPath: boolean): string | null {
  const [program = '', ...rest] = words;
  if (NODE_CLIENTS.has(program)) return nodePackage(program, rest);
  if (program === 'gem' && rest[0] === 'install') return named(rest.slice(1));
  if (program === 'bundle' && rest[0] === 'add') return named(rest.slice(1));
  // Python has no lock file that all clients read: only beside a release is it asked for
  return onPath ? pythonPackage(program, rest) : null;
}

function nodePackage(program: string, rest: readonly string[]): string | null {
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const verb = rest[at] ?? '';
  const after = rest.slice(at + 1);
  if (program === 'yarn' && verb === 'global' && after[0] === 'add') return named(after.slice(1));
  if (program === 'yarn' && verb === 'workspace' && after[1] === 'add')
    return named(after.slice(2));
  if (program === 'yarn' && verb !== 'add') return null;
  return ADDS.has(verb) ? named(after) : null;
}

function pythonPackage(program: string, rest: readonly string[]): string | null {
  if (rest.some((word) => /^--require-hashes$|^-c$|^--constraint(?:=|$)/.test(word))) return null;
  if (/^pip3?$/.test(program) && rest[0] === 'install') return named(rest.slice(1));
  if (program === 'pipx' && rest[0] === 'install') return named(rest.slice(1));
  if (program === 'uv' && rest[0] === 'tool' && rest[1] === 'install') return named(rest.slice(2));
  if (program === 'uv' && rest[0] === 'pip' && rest[1] === 'install') return named(rest.slice(2));
  const isModule = /^python[0-9.]*$|^py$/.test(program) && rest[0] === '-m' && rest[1] === 'pip';
  return isModule && rest[2] === 'install' ? named(rest.slice(3)) : null;
}

/** No options, folders, files, addresses, variables or expressions. */
function named(words: readonly string[]): string | null {
  for (const [at, word] of words.entries()) {
    const isValue = WITH_VALUE.test(words[at - 1] ?? '');
    if (word.startsWith('-') || isValue || word === '') continue;
    if (/^[./$~%]|^file:|:\/\/|\.(?:tgz|whl|gem|gz|txt)$|\*/.test(word)) continue;
    return word;
  }
  return null;
}
