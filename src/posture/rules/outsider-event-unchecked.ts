import { checksAuthor } from '../author-check.ts';
import { effectivePermissions, writeScopes } from '../permission.ts';
import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { secretUses } from '../secret-use.ts';
import { usesName } from '../uses-reference.ts';
import type { Job, Step, Trigger, Workflow } from '../workflow.ts';

const BAD = `on:
  issue_comment:
    types: [created]
jobs:
  release:
    if: contains(github.event.comment.body, '/release')
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'outsider-event-unchecked',
  reference: 'W12',
  severity: 'high',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'a job that a comment, an issue or a label starts looks at who caused it first',
  attack:
    'anybody can comment on an issue: the same words that a maintainer uses start the job with its secrets, and a release is made that nobody of the project asked for',
  mend: 'ask in if: of the job for an author that may, such as contains(fromJSON(\'["OWNER","MEMBER"]\'), github.event.comment.author_association); better, release by a protected tag or by workflow_dispatch',
  incidents: ['I41', 'I55'],
  examples: {
    bad: [
      {
        about: 'a release for whoever comments',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:5'],
      },
      {
        about: 'a release for whoever may set labels',
        files: workflowFile(
          BAD.replace('issue_comment', 'issues')
            .replace('[created]', '[labeled]')
            .replace(/ {4}if.*\n/, ''),
        ),
        found: ['.github/workflows/release.yml:5'],
      },
      {
        about: 'secrets for each new issue',
        files: workflowFile(`on: issues
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./answer.sh
        env:
          KEY: \${{ secrets.MODEL_KEY }}
`),
        found: ['.github/workflows/release.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a release for members who comment',
        files: workflowFile(
          BAD.replace(
            "'/release')",
            "'/release') && github.event.comment.author_association == 'MEMBER'",
          ),
        ),
      },
      {
        about: 'a word of each new issue to a chat: nothing of the repository runs',
        files: workflowFile(`on: issues
jobs:
  tell:
    runs-on: ubuntu-latest
    steps:
      - run: curl -d new "$HOOK"
        env:
          HOOK: \${{ secrets.CHAT_HOOK }}
`),
      },
      {
        about: 'a reaction with the token of the job and nothing else',
        files: workflowFile(
          BAD.replace(
            'npm publish',
            'gh issue edit 1 --add-label seen\n        env: { GH_TOKEN: "${{ github.token }}" }',
          ),
        ),
      },
    ],
  },
  check,
};

const OUTSIDER_EVENT = /^(?:issues|issue_comment|discussion|discussion_comment|fork|watch|gollum)$/;
/** Only people with the triage right set labels, assign and close: not an outsider by himself. */
const MEMBER_TYPE =
  /^(?:labeled|unlabeled|assigned|unassigned|milestoned|demilestoned|locked|unlocked|pinned|unpinned|transferred|answered|unanswered|category_changed)$/;

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    const trigger = workflow.triggers.find((one) => OUTSIDER_EVENT.test(one.event));
    if (trigger === undefined || excludesEvent(job, trigger)) continue;
    const power = powerOf(context, workflow, job);
    if (power === null || checksAuthor(workflow, job)) continue;
    const isOpen = isOpenToAll(trigger);
    // who may set labels may not yet release; anything less than a release is theirs to start
    if (!isOpen && power.severity !== 'critical') continue;
    yield {
      source: workflow.source,
      span: job.idSpan,
      job,
      message: `job "${job.id}" ${power.what}, and ${trigger.event} starts it for ${isOpen ? 'anybody' : 'whoever may set labels'}`,
      severity: isOpen ? power.severity : 'high',
    };
  }
}

function isOpenToAll({ types }: Trigger): boolean {
  return types === null || types.some((type) => !MEMBER_TYPE.test(type.text));
}

/** `github.event_name == 'push'` in the condition: another trigger of the file is meant. */
function excludesEvent(job: Job, { event }: Trigger): boolean {
  const condition = job.condition?.scalar.text ?? '';
  return condition.includes('github.event_name') && !condition.includes(`'${event}'`);
}

interface Power {
  readonly what: string;
  readonly severity: 'medium' | 'high' | 'critical';
}

function powerOf(context: AuditContext, workflow: Workflow, job: Job): Power | null {
  const own = context.path.of(job);
  if (own !== null && own.acts.length + own.registrySecrets.length > 0) {
    return { what: 'can publish', severity: 'critical' };
  }
  if (isOnPath(context, job)) return { what: 'is on the publish path', severity: 'high' };
  const { written } = effectivePermissions(workflow, job);
  const strong = (written === null ? [] : writeScopes(written)).find((scope) =>
    /^(?:all|contents|packages|actions|deployments|pages)$/.test(scope),
  );
  if (strong !== undefined) {
    return { what: `may write ${strong === 'all' ? 'everything' : strong}`, severity: 'medium' };
  }
  // a word to a chat for each issue is what such a job is for; code of the repository is more
  const secret = secretUses(workflow, job).find((use) => use.name !== 'github_token');
  if (secret === undefined || !job.steps.some(isCheckout)) return null;
  return { what: `is given the secret ${secret.name.toUpperCase()}`, severity: 'medium' };
}

function isCheckout(step: Step): boolean {
  return step.uses !== null && usesName(step.uses.reference) === 'actions/checkout';
}
