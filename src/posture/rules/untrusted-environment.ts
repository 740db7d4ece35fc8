import { untrustedText } from '../injection/untrusted-input.ts';
import {
  type AuditContext,
  eachStep,
  type PostureRule,
  type Problem,
  type StepPlace,
  workflowFile,
} from '../rule.ts';

const BAD = `on: pull_request_target
jobs:
  label:
    runs-on: ubuntu-latest
    steps:
      - name: Title
        env:
          TITLE: \${{ github.event.pull_request.title }}
        run: echo "TITLE=$TITLE" >> "$GITHUB_ENV"
`;

export const rule: PostureRule = {
  id: 'untrusted-environment',
  reference: 'W14',
  severity: 'high',
  confidence: 'weak',
  area: 'validation',
  scope: 'workflows',
  about: 'nothing of strangers goes into GITHUB_ENV, GITHUB_PATH or GITHUB_OUTPUT as it is',
  attack:
    'a line end in the value begins another line of the file: the stranger sets NODE_OPTIONS or LD_PRELOAD for all later steps, or puts a folder of theirs before the programs they call',
  mend: 'give the value to the one step that needs it by env:; where it must be written, check it against a strict pattern first, and use a random delimiter',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'the title of a pull request for all later steps',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'a file of the pull request as the environment, where it has rights',
        files: workflowFile(BAD.replace('echo "TITLE=$TITLE"', 'cat artifact/settings')),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'the title itself, pasted in',
        files: workflowFile(
          BAD.replace('pull_request_target', 'issues').replace(
            '"TITLE=$TITLE"',
            '"TITLE=${{ github.event.issue.title }}"',
          ),
        ),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'an action that writes what it is given',
        files: {
          'action.yml': `name: version
inputs: { version: { required: true } }
runs:
  using: composite
  steps:
    - run: echo "VERSION=$VERSION" >> $GITHUB_ENV
      shell: bash
      env:
        VERSION: \${{ inputs.version }}
`,
        },
        found: ['action.yml:6'],
      },
    ],
    fine: [
      {
        about: 'a word that stands in the script',
        files: workflowFile(BAD.replace('"TITLE=$TITLE"', '"MODE=fast"')),
      },
      {
        about: 'what git says, in a run without rights',
        files: workflowFile(
          BAD.replace('pull_request_target', 'pull_request').replace(
            '"TITLE=$TITLE"',
            '"DESCRIBED=$(git describe)"',
          ),
        ),
      },
    ],
  },
  check,
};

/** A redirection or a pipe into one of the files, of bash, cmd or PowerShell. */
const WRITE =
  /(?:>>?\s*|\btee\s+(?:-a\s+|--append\s+)?|(?:Out-File|Add-Content|Set-Content|Tee-Object)\b[^\n|]{0,200}?)["']?(?:\$\{?(?:env:)?|%)GITHUB_(ENV|PATH|OUTPUT)\b/gi;

/** Of one script; each looks back along its line. */
const WRITES_MAX = 200;

function* check(context: AuditContext): Generator<Problem> {
  for (const place of eachStep(context)) {
    const { source, workflow, job, step } = place;
    if (step.run === null || step.runKeySpan === null || !step.run.text.includes('GITHUB_'))
      continue;
    const found = worstWrite(place, step.run.text, hasRights(workflow));
    if (found === null) continue;
    yield {
      source,
      span: step.runKeySpan,
      message: found.message,
      severity: found.severity,
      confidence: found.confidence,
      ...(job !== null && { job }),
    };
  }
}

type Found = Required<Pick<Problem, 'message' | 'severity' | 'confidence'>>;

/** Whether what lies around in the folder may be a stranger's while the run holds rights. */
function hasRights(workflow: StepPlace['workflow']): boolean {
  return (
    workflow === null ||
    workflow.triggers.some(
      ({ event }) => event === 'pull_request_target' || event === 'workflow_run',
    )
  );
}

function worstWrite(place: StepPlace, text: string, isPrivileged: boolean): Found | null {
  const tainted = taintedNames(place);
  let plausible: Found | null = null;
  let count = 0;
  for (const match of text.matchAll(WRITE)) {
    count += 1;
    if (count > WRITES_MAX) break;
    const file = `GITHUB_${(match[1] ?? '').toUpperCase()}`;
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    const name = tainted.find((one) => readsVariable(line, one));
    const pasted = name === undefined ? pastedPath(place, line) : null;
    if (name !== undefined || pasted !== null) {
      const isOutput = file === 'GITHUB_OUTPUT';
      const message = `${name ?? pasted} holds what a stranger wrote, and goes into ${file}`;
      return { message, severity: isOutput ? 'medium' : 'high', confidence: 'plausible' };
    }
    if (!isPrivileged || file === 'GITHUB_OUTPUT' || isLiteral(line)) continue;
    const message = `${file} takes what is not written in the script, in a run that a stranger may have prepared`;
    const severity = place.workflow === null ? 'low' : 'medium';
    plausible ??= { message, severity, confidence: 'weak' };
  }
  return plausible;
}

/** Variables of the step, job or workflow whose value an outsider wrote. */
function taintedNames({ workflow, job, step }: StepPlace): readonly string[] {
  const values = [...step.env, ...(job?.env ?? []), ...(workflow?.env ?? [])];
  return values
    .filter(({ value }) =>
      untrustedText(value.text, { workflow, job, step }).some((one) => one.origin === 'outsider'),
    )
    .map((one) => one.name);
}

function pastedPath({ workflow, job, step }: StepPlace, line: string): string | null {
  if (!line.includes('${{')) return null;
  const parts = untrustedText(line, { workflow, job, step });
  return parts.find((part) => part.origin === 'outsider')?.path ?? null;
}

function readsVariable(line: string, name: string): boolean {
  const at = line.indexOf(name);
  if (at < 1 || /[A-Za-z0-9_]/.test(line[at + name.length] ?? '')) return false;
  return /(?:\$|\$\{|\$env:|%)$/i.test(line.slice(0, at));
}

/** `echo` or `printf` of words alone: no variable, no command, no expression. */
function isLiteral(line: string): boolean {
  return /^\s*(?:echo|printf|write-output|write-host)\b/i.test(line) && !/[$`%]/.test(line);
}
