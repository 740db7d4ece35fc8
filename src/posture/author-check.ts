/** Whether somebody looked at who caused the event before a job does anything. */
import { contextPaths } from './expression.ts';
import type { Condition, Job, Step, Workflow } from './workflow.ts';

/** Paths that say who it was; by themselves no proof that the condition is sound. */
const AUTHOR_PATH =
  /^github\.(?:actor|triggering_actor|actor_id|event\.(?:.*\.)?(?:author_association|sender\.(?:login|id|type)|user\.(?:login|id)|author\.login|head\.repo\.(?:full_name|fork|owner\.login)|head_repository\.(?:full_name|fork|owner\.login)|workflow_run\.(?:event|head_branch)))$/;
/** Names of outputs that such a check gives. */
const CHECK_OUTPUT =
  /permission|permitted|collaborator|maintainer|member|trusted|author|allowed|approved|is_admin|authoriz|has_write/;
const CHECKING_ACTION =
  /permission|collaborator|check-user|actor|member|slash-command-dispatch|team-check/;
const CHECKING_CODE =
  /collaborators\/|getCollaboratorPermissionLevel|checkCollaborator|author_association|checkMembershipForUser|getMembershipForUserInOrg|\bmemberships?\/|\/permission\b/;
const DEPTH_MAX = 5;

/** Whether the condition names the author, or an output that says whether they may. */
export function asksForAuthor(condition: Condition | null): boolean {
  return contextPaths(condition?.tree ?? null).some(
    (path) =>
      AUTHOR_PATH.test(path) || (/^(?:needs|steps)\./.test(path) && CHECK_OUTPUT.test(path)),
  );
}

/** Whether the job, a job that it needs, or one of its first steps checks the author. */
export function checksAuthor(workflow: Workflow, job: Job): boolean {
  return checks(workflow, job, 0);
}

function checks(workflow: Workflow, job: Job, depth: number): boolean {
  if (asksForAuthor(job.condition) || job.steps.some(isCheck)) return true;
  if (depth >= DEPTH_MAX) return false;
  const needed = new Set(job.needs.map((one) => one.text));
  return workflow.jobs.some((other) => needed.has(other.id) && checks(workflow, other, depth + 1));
}

function isCheck(step: Step): boolean {
  const { uses, run } = step;
  if (run !== null && CHECKING_CODE.test(run.text)) return true;
  if (uses === null) return false;
  const { reference } = uses;
  if (reference.kind === 'repository' && CHECKING_ACTION.test(reference.name)) return true;
  return step.inputs.some(({ value }) => CHECKING_CODE.test(value.text));
}
