/** Steps that wait until people have answered in an issue. */
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step } from '../workflow.ts';

const ACTIONS = new Set(['trstringer/manual-approval', 'step-security/manual-approval']);

/** Whether the step waits for people. */
export function isApprovalStep(step: Step): boolean {
  return step.uses !== null && ACTIONS.has(usesName(step.uses.reference));
}

/** Whether somebody is asked before the job goes on: by an environment or by a step. */
export function asksSomebody(job: Job): boolean {
  return job.environment !== null || job.steps.some(isApprovalStep);
}

/** `null` where an expression decides. Source: README of the action, inputs, version 1. */
export interface ApprovalTerms {
  /** How many people or teams are listed. */
  readonly listed: number | null;
  /** How many have to agree; all that are listed where nothing is said. */
  readonly minimum: number | null;
  readonly excludesRequester: boolean | null;
  readonly failsOnDenial: boolean | null;
}

/** What an approval step asks for. */
export function approvalTerms(step: Step): ApprovalTerms {
  const text = (name: string): string => namedValue(step.inputs, name)?.text.trim() ?? '';
  const approvers = text('approvers');
  const names = new Set(
    approvers
      .split(/[\s,]+/)
      .filter((name) => name !== '')
      .map((name) => name.toLowerCase()),
  );
  const listed = approvers.includes('${{') ? null : names.size;
  const minimum = text('minimum-approvals');
  const count = /^\d{1,4}$/.test(minimum) ? Number(minimum) : null;
  return {
    listed,
    minimum: minimum === '' ? listed : count,
    excludesRequester: truth(text('exclude-workflow-initiator-as-approver'), false),
    failsOnDenial: truth(text('fail-on-denial'), true),
  };
}

function truth(text: string, otherwise: boolean): boolean | null {
  if (text === '') return otherwise;
  return text.includes('${{') ? null : text === 'true';
}
