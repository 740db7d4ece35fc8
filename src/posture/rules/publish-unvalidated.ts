import { workOf } from '../publish/job-work.ts';
import { isBehindGateway, jobsOfRun, neededBy } from '../publish/release-act.ts';
import { isReleased, type Start, starts } from '../publish/start.ts';
import { checksTag } from '../publish/tag-check.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import type { Job, Workflow } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const TESTED = `on: { release: { types: [published] } }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci --ignore-scripts
      - run: npm test
  publish:
    needs: test
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'publish-unvalidated',
  reference: null,
  severity: 'medium',
  confidence: 'plausible',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'a job publishes only after the same commit was tested or checked in the same run',
  attack:
    'a tag on any commit, broken or never tested, goes straight to the registry: the checks of pull requests ran for another commit, or not at all',
  mend: 'let the publish job need a job that tests the commit and compares its tag with the version of the package',
  incidents: ['I41'],
  examples: {
    bad: [
      {
        about: 'no test before',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:3'],
      },
      {
        about: 'tests beside, for which the publish job does not wait',
        files: workflowFile(TESTED.replace('    needs: test\n', '')),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a pipeline of GitLab that waits for no test',
        files: pipelineFile(`test: { stage: test, script: [npm test] }
publish:
  stage: deploy
  needs: []
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:2'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab whose stages come one after the other',
        files: pipelineFile(`test: { stage: test, script: [npm test] }
publish: { stage: deploy, script: [npm publish package.tgz] }
`),
      },
      { about: 'a job that tests', files: workflowFile(TESTED) },
      {
        about: 'tests before the publication in the same job, which is for another rule',
        files: workflowFile(BAD.replace('      - run', '      - run: npm test\n      - run')),
      },
      {
        about: 'the workflow of the tests, called before',
        files: workflowFile(
          TESTED.replace(
            /runs-on: ubuntu-latest\n {4}steps:\n.*\n.*\n {2}pub/,
            'uses: ./.github/workflows/ci.yml\n  pub',
          ),
        ),
      },
      {
        about: 'a run that follows the one of the tests',
        files: workflowFile(
          BAD.replace(/on:.*/, 'on: { workflow_run: { workflows: [Tests], types: [completed] } }'),
        ),
      },
      {
        about: 'tests that the client runs before it packs',
        files: {
          ...workflowFile(BAD),
          'package.json':
            '{ "name": "aitbc-tools", "scripts": { "prepublishOnly": "npm test" } }\n',
        },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (testsBeforePacking(context)) return;
  const open = starts(context).filter((start) => isReleased(start) && !isBehindGateway(start.one));
  for (const [job, own] of Map.groupBy(open, (start) => start.one.power.job)) {
    if (own.some((start) => isValidated(context, start))) continue;
    const [first] = own;
    if (first === undefined) continue;
    yield {
      source: first.one.power.workflow.source,
      span: job.idSpan,
      job,
      message: `job "${job.id}" publishes with ${first.one.act.tool}, and nothing that it waits for tests or checks the commit`,
    };
  }
}

function testsBeforePacking(context: AuditContext): boolean {
  const manifest = context.files.get('package.json')?.text ?? '';
  return /"(?:prepublishOnly|prepack|prepublish)"\s*:\s*"[^"]*\b(?:test|lint|check|verify)/.test(
    manifest,
  );
}

function isValidated(context: AuditContext, { workflow, job, one }: Start): boolean {
  return validates(context, workflow, job) || validates(context, one.power.workflow, one.power.job);
}

function validates(context: AuditContext, workflow: Workflow, job: Job): boolean {
  if (workflow.triggers.some(({ event }) => event === 'workflow_run')) return true;
  const jobs = neededBy([job], jobsOfRun(context, workflow));
  const wheels = context.files.get('pyproject.toml')?.text?.includes('test-command') ?? false;
  return (
    [...jobs].some((one) => tests(workflow, one) || (wheels && buildsWheels(one))) ||
    checksTag(context, workflow, jobs)
  );
}

/** cibuildwheel installs and tests every wheel when it is told how. */
function buildsWheels(job: Job): boolean {
  return job.steps.some(
    ({ uses, run }) =>
      /\bcibuildwheel\b/.test(run?.text ?? '') ||
      (uses !== null && usesName(uses.reference) === 'pypa/cibuildwheel'),
  );
}

const CHECKS =
  /(?:^|[-_/.])(?:tests?|ci|checks?|lint|validate|validation|verify|pytest|tox|nox|quality|unit|e2e)(?:$|[-_/.])/i;

function tests(workflow: Workflow, job: Job): boolean {
  if (job.call !== null) return CHECKS.test(job.call.uses.scalar.text) || CHECKS.test(job.id);
  if (workOf(workflow.source, job).some(({ work }) => work === 'test')) return true;
  if (job.env.some((one) => one.name === 'CIBW_TEST_COMMAND')) return true;
  return job.steps.some(
    ({ uses, env }) =>
      env.some((one) => one.name === 'CIBW_TEST_COMMAND') ||
      (uses !== null && CHECKS.test(usesName(uses.reference))),
  );
}
