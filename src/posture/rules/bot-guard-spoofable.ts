import { contextPath, type Expression, walkExpression } from '../expression.ts';
import {
  type AuditContext,
  eachCondition,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { outsiderTriggers } from '../trigger.ts';

const BAD = `on: pull_request_target
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto "$URL"
`;

export const rule: PostureRule = {
  id: 'bot-guard-spoofable',
  reference: 'W25',
  severity: 'high',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'a bot is known by the author of the pull request, not by who acted last',
  attack:
    "github.actor is whoever caused this event: a stranger opens a pull request from a fork of a bot's branch and lets the bot act on it, by asking it to rebase, and the guard takes the whole for the bot's own",
  mend: 'compare github.event.pull_request.user.login with the name of the bot, and see that the branch is not that of a fork',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a merge for whatever the bot touched last',
        files: workflowFile(BAD, 'merge'),
        found: ['.github/workflows/merge.yml:4'],
      },
    ],
    fine: [
      {
        about: 'the author of the pull request',
        files: workflowFile(BAD.replace('github.actor', 'github.event.pull_request.user.login')),
      },
      {
        about: 'a bot that is kept out',
        files: workflowFile(BAD.replace('==', '!=')),
      },
      {
        about: 'in a run that has no rights of the repository',
        files: workflowFile(BAD.replace('pull_request_target', 'pull_request')),
      },
    ],
  },
  check,
};

const ACTOR =
  /^github\.(?:actor|triggering_actor|actor_id|event\.pull_request\.sender\.(?:login|id)|event\.sender\.(?:login|id))$/;
/** Accounts of well-known bots, and the app that one of them is. Source: GitHub's public user pages. */
const BOT_IDS = new Set(['29110', '49699333', '27856297', '29139614', '41898282']);

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, workflow, job, condition } of eachCondition(context)) {
    if (workflow === null || outsiderTriggers(workflow).length === 0) continue;
    if (condition.tree === null) continue;
    const parts = [...walkExpression(condition.tree)];
    // the author is asked for beside it
    const isAsked = parts.some((part) => /\.user\.login$/.test(contextPath(part) ?? ''));
    if (isAsked || !parts.some(trustsActor)) continue;
    yield {
      source,
      span: condition.scalar.span,
      message: "the condition takes a run for a bot's by who acted last",
      ...(job !== null && { job }),
    };
  }
}

function trustsActor(part: Expression): boolean {
  if (part.kind !== 'binary' || part.operator !== '==') return false;
  return isBotOf(part.left, part.right) || isBotOf(part.right, part.left);
}

function isBotOf(actor: Expression, name: Expression): boolean {
  if (!ACTOR.test(contextPath(actor) ?? '') || name.kind !== 'literal') return false;
  const text = String(name.value);
  return text.toLowerCase().endsWith('[bot]') || BOT_IDS.has(text);
}
