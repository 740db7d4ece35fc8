import { insertLinesBefore } from '../edits/line-edit.ts';
import { releaseJobs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  type TextEdit,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import type { Job } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const FIXED = BAD.replace('    runs-on', '    timeout-minutes: 30\n    runs-on');

export const rule: PostureRule = {
  id: 'timeout-missing',
  reference: 'W36',
  severity: 'low',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'a job that publishes ends after a time that somebody chose',
  attack:
    'a job that hangs keeps its identity and secrets alive for six hours, and code in it has as long to use them',
  mend: 'set timeout-minutes to a little more than the job has ever needed',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'no limit',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:3'],
        fixed: workflowFile(FIXED),
      },
      {
        about: 'a limit without a value',
        files: workflowFile(FIXED.replace('minutes: 30', 'minutes:')),
        found: ['.github/workflows/release.yml:3'],
      },
      {
        about: 'a pipeline of GitLab that leaves it to the project',
        files: pipelineFile(`publish:
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that says its own',
        files: pipelineFile(`publish:
  timeout: 10 minutes
  script: [npm publish package.tgz]
`),
      },
      { about: 'a limit', files: workflowFile(FIXED) },
      {
        about: 'a limit at the steps alone',
        files: workflowFile(BAD.replace('npm publish', 'npm publish\n        timeout-minutes: 10')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { power, role } of releaseJobs(context)) {
    const { job, workflow } = power;
    if (role !== 'publishes' || job.timeoutMinutes !== null) continue;
    if (job.steps.every((step) => step.timeoutMinutes !== null)) continue;
    const edit = addLimit(job, workflow.source);
    yield {
      source: workflow.source,
      span: job.idSpan,
      job,
      ...(job.pipeline !== null && {
        mend: 'set timeout to a little more than the job has ever needed',
      }),
      message: `job "${job.id}" publishes and ${job.pipeline === null ? 'may run for six hours' : 'has no time of its own'}`,
      ...(edit === null
        ? {}
        : {
            fix: {
              about: 'let the job run for 30 minutes at most',
              changesBehaviour: true,
              edits: [edit],
            },
          }),
    };
  }
}

/** Null where the job has the key already, without a value. */
function addLimit(job: Job, source: SourceText): TextEdit | null {
  if (job.runsOn === null) return null;
  const at = job.runsOn.span.start;
  const indent = source.text.slice(source.lineStart(at), at);
  const isThere = source.text
    .slice(job.span.start, job.span.end)
    .includes(`\n${indent}timeout-minutes`);
  return isThere ? null : insertLinesBefore(source, at, ['timeout-minutes: 30']);
}
