import { asksForAuthor } from '../author-check.ts';
import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import { namedValue, type Step } from '../workflow.ts';

const BAD = `on:
  workflow_run:
    workflows: [test]
jobs:
  comment:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/download-artifact@v4
        with:
          name: report
          run-id: \${{ github.event.workflow_run.id }}
      - run: ./scripts/comment.sh
`;

export const rule: PostureRule = {
  id: 'untrusted-artifact',
  reference: 'W15',
  severity: 'high',
  confidence: 'plausible',
  area: 'validation',
  scope: 'workflows',
  about: 'an artifact of a run that a pull request started is kept apart from code that runs',
  attack:
    'the pull request chooses what its run uploads: files that overwrite a script of the checkout, names that climb out of the folder, or a value that a later step believes, all in a run with the rights of the repository',
  mend: 'download into a folder of its own under runner.temp, read only the one file that is expected, and check what it says before using it',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'unpacked over the checkout whose script is run next',
        files: workflowFile(BAD, 'comment'),
        found: ['.github/workflows/comment.yml:9'],
      },
      {
        about: 'the same by the command line',
        files: workflowFile(
          BAD.replace(
            / {6}- uses: actions\/download[\s\S]*?\.id \}\}\n/,
            '      - run: gh run download 7\n',
          ),
          'comment',
        ),
        found: ['.github/workflows/comment.yml:9'],
      },
    ],
    fine: [
      {
        about: 'in a folder outside of the checkout',
        files: workflowFile(
          BAD.replace('name: report', 'path: ${{ runner.temp }}/report\n          name: report'),
        ),
      },
      {
        about: 'an artifact of the run itself',
        files: workflowFile(BAD.replace(/ +run-id.*\n/, '')),
      },
      {
        about: 'of runs of the main branch alone',
        files: workflowFile(
          BAD.replace(
            '    runs-on',
            "    if: github.event.workflow_run.event == 'push'\n    runs-on",
          ),
        ),
      },
    ],
  },
  check,
};

/** Actions that fetch artifacts of other runs by themselves. */
const FOREIGN_DOWNLOAD =
  /^(?:dawidd6\/action-download-artifact|aochmann\/actions-download-artifact|levonet\/action-download-last-artifact|ishworkh\/(?:container-image-artifact|docker-image-artifact)-download)$/;

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    const isAwaiting = workflow.triggers.some(({ event }) => event === 'workflow_run');
    if (!isAwaiting || asksForAuthor(job.condition)) continue;
    for (const step of job.steps) {
      if (asksForAuthor(step.condition) || !downloads(step) || isApart(step)) continue;
      const isRun = job.steps.slice(step.index + 1).some(runsFiles);
      if (!isRun) continue;
      yield {
        source: workflow.source,
        span: step.uses?.scalar.span ?? step.runKeySpan ?? step.keySpan,
        job,
        message: `job "${job.id}" unpacks what another run uploaded beside files that it runs`,
        ...(isOnPath(context, job) && { severity: 'critical' }),
      };
    }
  }
}

function downloads(step: Step): boolean {
  if (step.run !== null && /\bgh\s+run\s+download\b/.test(step.run.text)) return true;
  if (step.uses === null) return false;
  const name = usesName(step.uses.reference);
  if (FOREIGN_DOWNLOAD.test(name)) return true;
  if (name === 'actions/github-script') {
    return namedValue(step.inputs, 'script')?.text.includes('downloadArtifact') === true;
  }
  return name === 'actions/download-artifact' && namedValue(step.inputs, 'run-id') !== null;
}

/** Not in the folder of the checkout. */
function isApart(step: Step): boolean {
  const path = namedValue(step.inputs, 'path')?.text ?? step.run?.text ?? '';
  return /runner\.temp|RUNNER_TEMP|\/tmp\b/.test(path);
}

/** Commands that start what lies in the folder: scripts, package scripts, builds, local actions. */
const FOLDER_COMMAND =
  /(?:^|[\s;|&(])(?:\.\/|(?:bash|sh|node|python3?|ruby)\s+(?!-)|(?:npm|pnpm|yarn|bun)\s|make(?:\s|$)|cargo\s|go\s+(?:run|test|build)|pip\s+install|pytest|tox|\.\s+|source\s)/m;

function runsFiles(step: Step): boolean {
  if (step.run !== null) return FOLDER_COMMAND.test(step.run.text);
  return step.uses?.reference.kind === 'local';
}
