import { checksAuthor } from '../author-check.ts';
import { untrustedText } from '../injection/untrusted-input.ts';
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
import type { Job, Step, Workflow } from '../workflow.ts';

const BAD = `on:
  issues:
    types: [opened]
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          allowed_non_write_users: '*'
          prompt: Sort this issue
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;

const TRIAGE_ONLY = BAD.slice(0, BAD.indexOf('  publish'));

export const rule: PostureRule = {
  id: 'agent-with-untrusted-input',
  reference: 'W35',
  severity: 'high',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'where a repository releases, no language model acts on what strangers write',
  attack:
    "the text of an issue tells the model what to do: it runs commands in the job, takes the tokens there or fills the cache that the release restores, and the next release is the stranger's",
  mend: 'let only people with write access start it, give it no tools that run commands and a token that reads, or move it to a repository without secrets and releases',
  incidents: ['I32'],
  examples: {
    bad: [
      {
        about: 'any issue, in a repository that holds the registry token',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:10'],
      },
      {
        about: 'the text of a comment as a part of the prompt',
        files: workflowFile(
          BAD.replace("          allowed_non_write_users: '*'\n", '').replace(
            'Sort this issue',
            '${{ github.event.issue.body }}',
          ),
        ),
        found: ['.github/workflows/release.yml:10'],
      },
    ],
    fine: [
      {
        about: 'the action asks for write access itself unless it is told not to',
        files: workflowFile(BAD.replace("          allowed_non_write_users: '*'\n", '')),
      },
      {
        about: 'members alone',
        files: workflowFile(
          BAD.replace(
            '  triage:\n',
            "  triage:\n    if: github.event.issue.author_association == 'MEMBER'\n",
          ),
        ),
      },
      {
        about: 'a repository that releases nothing and holds no other secret',
        files: workflowFile(TRIAGE_ONLY, 'triage'),
      },
    ],
  },
  applies: (context) => context.workflows.some((one) => one.jobs.some(hasAgent)),
  check,
};

/**
 * Actions that let a model act, with the inputs that open them to everybody; `asks` for those that
 * refuse people without write access by themselves. By their documentation, November 2026.
 */
const AGENTS: ReadonlyMap<string, { readonly asks: boolean; readonly opens: readonly string[] }> =
  new Map([
    [
      'anthropics/claude-code-action',
      { asks: true, opens: ['allowed_non_write_users', 'allowed_bots'] },
    ],
    ['anthropics/claude-code-base-action', { asks: false, opens: [] }],
    ['openai/codex-action', { asks: true, opens: ['allow-users', 'allow-bots'] }],
    ['google-github-actions/run-gemini-cli', { asks: false, opens: [] }],
    ['actions/ai-inference', { asks: false, opens: [] }],
    ['augmentcode/augment-agent', { asks: false, opens: [] }],
    ['sst/opencode/github', { asks: true, opens: [] }],
  ]);

const OUTSIDER_EVENT =
  /^(?:issues|issue_comment|discussion|discussion_comment|pull_request_target|workflow_run)$/;

function hasAgent(job: Job): boolean {
  return job.steps.some((step) => agentOf(step) !== null);
}

function agentOf(step: Step) {
  return step.uses === null ? null : (AGENTS.get(usesName(step.uses.reference)) ?? null);
}

function* check(context: AuditContext): Generator<Problem> {
  const stake = stakeOf(context);
  if (stake === null) return;
  for (const { workflow, job } of eachJob(context)) {
    const isOpen = workflow.triggers.some(({ event }) => OUTSIDER_EVENT.test(event));
    if (!isOpen || !hasAgent(job) || checksAuthor(workflow, job)) continue;
    for (const step of job.steps) {
      const found = openTo(workflow, job, step);
      if (found === null || step.uses === null) continue;
      yield {
        source: workflow.source,
        span: found.span ?? step.uses.scalar.span,
        job,
        message: `${usesName(step.uses.reference)} ${found.why}, and the repository ${stake}`,
        ...(isOnPath(context, job) && { severity: 'critical' }),
      };
    }
  }
}

function openTo(workflow: Workflow, job: Job, step: Step) {
  const agent = agentOf(step);
  if (agent === null) return null;
  const opened = step.inputs.find(
    ({ name, value }) => agent.opens.includes(name.toLowerCase()) && value.text.trim() === '*',
  );
  if (opened !== undefined) return { span: opened.nameSpan, why: 'acts for everybody' };
  const prompted = step.inputs.find(({ value }) =>
    untrustedText(value.text, { workflow, job, step }).some((part) => part.origin === 'outsider'),
  );
  if (prompted !== undefined) {
    return { span: prompted.nameSpan, why: 'is told what a stranger wrote' };
  }
  return agent.asks ? null : { span: null, why: 'acts on what strangers send' };
}

/** What a stranger would be after; null for a repository without it. */
function stakeOf(context: AuditContext): string | null {
  if (context.path.jobs.some((power) => power.acts.length > 0)) return 'publishes';
  const jobs = context.path.jobs.filter((power) => !hasAgent(power.job));
  const secret = jobs
    .flatMap(({ workflow, job }) => secretUses(workflow, job))
    .find((use) => use.name !== 'github_token');
  return secret === undefined ? null : `holds the secret ${secret.name.toUpperCase()}`;
}
