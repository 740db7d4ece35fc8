import { insertLinesBefore, removeEntry, replaceSpan } from '../edits/line-edit.ts';
import { addInputs } from '../edits/step-edit.ts';
import { type CacheUse, cacheUse } from '../publish/cache-step.ts';
import { canStepRun, truthOf } from '../publish/reach.ts';
import { type ReleaseJob, releaseJobs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type FileEdit,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import { namedValue, type Step } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v6
        with:
          node-version: 24
          cache: npm
      - run: npm publish
`;

const FIXED = BAD.replace('cache: npm', 'package-manager-cache: false');

const PACKED = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v5
        with: { path: ~/.cache/pip, key: pip }
      - run: python -m build
      - uses: actions/upload-artifact@v5
        with: { name: dist, path: dist/ }
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v5
        with: { name: dist, path: dist/ }
      - uses: pypa/gh-action-pypi-publish@release/v1
`;

const UV = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: astral-sh/setup-uv@v7
      - run: uv publish
`;

export const rule: PostureRule = {
  id: 'cache-in-release',
  reference: 'W10',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'jobs that pack or publish restore no cache',
  attack:
    'any run that may write the cache of the default branch puts its own files into it, and the release job unpacks and runs them beside the publish identity',
  mend: 'switch the cache off in jobs that pack or publish; a release can wait for a fresh install',
  incidents: ['I16', 'I32', 'I44'],
  examples: {
    bad: [
      {
        about: 'the cache of setup-node; without the input the newer versions cache by themselves',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(FIXED),
      },
      {
        about: 'setup-node, which caches by itself where the manifest names npm',
        files: {
          ...workflowFile(BAD.replace(/ +cache: npm\n/, '')),
          'package.json': '{ "name": "aitbc-tools", "packageManager": "npm@11.6.0" }\n',
        },
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          BAD.replace(/( +)cache: npm\n/, '').replace(
            '          node-version: 24\n',
            '          package-manager-cache: false\n          node-version: 24\n',
          ),
        ),
      },
      {
        about: 'setup-uv before its version 10, which caches unless told not to',
        files: workflowFile(UV),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          UV.replace('@v7\n', '@v7\n        with:\n          enable-cache: false\n'),
        ),
      },
      {
        about: 'a cache in the job that packs what another job publishes',
        files: workflowFile(PACKED),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'layers of images from a shared cache',
        files: workflowFile(`on: { release: { types: [published] } }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with:
          push: true
          cache-from: type=gha
`),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(`on: { release: { types: [published] } }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with:
          push: true
`),
      },
      {
        about: 'a pipeline of GitLab whose cache is for all jobs',
        files: pipelineFile(`cache: { key: npm, paths: [.npm] }
build: { stage: build, script: [npm pack], artifacts: { paths: ["*.tgz"] } }
publish: { stage: deploy, script: [npm publish package.tgz] }
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that restores none where it packs and publishes',
        files: pipelineFile(`cache: { key: npm, paths: [.npm] }
test: { stage: test, script: [npm ci, npm test] }
publish: { stage: deploy, cache: [], script: [npm publish package.tgz] }
`),
      },
      { about: 'the cache switched off', files: workflowFile(FIXED) },
      {
        about: 'setup-node in a repository whose manifest names no package manager',
        files: {
          ...workflowFile(BAD.replace(/ +cache: npm\n/, '')),
          'package.json': '{ "name": "aitbc-tools" }\n',
        },
      },
      {
        about: 'no cache on tags, by a condition',
        files: workflowFile(
          PACKED.replace(
            'actions/cache@v5',
            "actions/cache@v5\n        if: github.ref_type != 'tag'",
          ),
        ),
      },
      {
        about: 'a cache that is off when tags are built',
        files: workflowFile(
          UV.replace(
            '@v7\n',
            "@v7\n        with:\n          enable-cache: ${{ github.event_name != 'release' }}\n",
          ),
        ),
      },
      {
        about: 'a cache in a job that hands nothing over',
        files: workflowFile(PACKED.replace(/ {6}- uses: actions\/upload-artifact@v5\n.*\n/, '')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const job of releaseJobs(context)) {
    const { source } = job.power.workflow;
    yield* pipelineCaches(job);
    for (const step of job.power.job.steps) {
      const use = cacheUse(context, step);
      if (use === null || step.uses === null || !isRestored(use, step, job)) continue;
      const edit = withoutCache(source, step, use);
      const does = job.role === 'publishes' ? 'publishes' : 'packs what is published';
      yield {
        source,
        span: step.uses.scalar.span,
        job: job.power.job,
        ...(use.isSure ? {} : { confidence: 'plausible' as const }),
        message: `job "${job.power.job.id}" ${does} and restores ${use.what}`,
        ...(edit === null
          ? {}
          : {
              fix: {
                about: `switch ${use.what} off`,
                changesBehaviour: false,
                edits: [edit],
              },
            }),
      };
    }
  }
}

/** Caches of a pipeline are named and no steps. */
function* pipelineCaches({ power, role }: ReleaseJob): Generator<Problem> {
  const does = role === 'publishes' ? 'publishes' : 'packs what is published';
  for (const { span, key, policy } of power.job.pipeline?.caches ?? []) {
    if (policy === 'push') continue;
    const message = `job "${power.job.id}" ${does} and restores the cache "${key.slice(0, 60)}"`;
    yield { source: power.workflow.source, span, job: power.job, message };
  }
}

/** Whether it happens in a run that publishes. */
function isRestored(use: CacheUse, step: Step, { power, occasions }: ReleaseJob): boolean {
  return occasions.some((occasion) => {
    if (!canStepRun(power.workflow, power.job, step, occasion)) return false;
    if (use.switch === null) return true;
    const isNegative = use.off !== null && use.off.value === 'true';
    return truthOf(use.switch.value.text, occasion) !== (isNegative ? 'certainly' : 'never');
  });
}

function withoutCache(source: SourceText, step: Step, use: CacheUse): FileEdit | null {
  const { off } = use;
  if (use.switch !== null) {
    const { input, value } = use.switch;
    const entry = step.inputs.find((one) => one.value === value);
    if (entry === undefined) return null;
    if (off === null) return removeEntry(source, step.inputs, entry);
    if (input === off.input) return replaceSpan(source, value.span, off.value);
    if (namedValue(step.inputs, off.input) !== null) return removeEntry(source, step.inputs, entry);
    const span = { start: entry.nameSpan.start, end: value.span.end };
    return replaceSpan(source, span, `${off.input}: ${off.value}`);
  }
  return off === null ? null : addInput(source, step, `${off.input}: ${off.value}`);
}

function addInput(source: SourceText, step: Step, line: string): FileEdit | null {
  const [first] = step.inputs;
  return first === undefined
    ? addInputs(source, step, [line])
    : insertLinesBefore(source, first.nameSpan.start, [line]);
}
