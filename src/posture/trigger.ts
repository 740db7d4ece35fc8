/**
 * Which events outsiders can cause, and with what rights their runs start. Source: GitHub
 * documentation, "Events that trigger workflows".
 */
import type { Trigger, Workflow } from './workflow.ts';

/** Runs with the rights of the repository on what anybody may send. */
const PRIVILEGED_EVENTS = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
]);

/** Events whose run has the code of a pull request within reach, and the rights of the repository. */
const TARGET_EVENTS = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

/** Triggers that anybody can set off, in a run that holds secrets. */
export function outsiderTriggers(workflow: Workflow): readonly Trigger[] {
  return workflow.triggers.filter(({ event }) => PRIVILEGED_EVENTS.has(event));
}

/** Those of them that concern a pull request. */
export function targetTriggers(workflow: Workflow): readonly Trigger[] {
  return workflow.triggers.filter(({ event }) => TARGET_EVENTS.has(event));
}
