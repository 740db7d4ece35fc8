/** The list of posture rules, in order of id. A rule that is not here does not run. */
import type { PostureRule } from './rule.ts';
import { rule as credentialsPersisted } from './rules/credentials-persisted.ts';
import { rule as identityWithoutEnvironment } from './rules/identity-without-environment.ts';
import { rule as imageUnpinned } from './rules/image-unpinned.ts';
import { rule as permissionsBroad } from './rules/permissions-broad.ts';
import { rule as pinComment } from './rules/pin-comment.ts';
import { rule as runnerSelfHosted } from './rules/runner-self-hosted.ts';
import { rule as secretInWideEnvironment } from './rules/secret-in-wide-environment.ts';
import { rule as secretsInherited } from './rules/secrets-inherited.ts';
import { rule as secretsWhole } from './rules/secrets-whole.ts';
import { rule as usesUnpinned } from './rules/uses-unpinned.ts';
import { rule as workflowUnreadable } from './rules/workflow-unreadable.ts';

export const POSTURE_RULES: readonly PostureRule[] = [
  credentialsPersisted,
  identityWithoutEnvironment,
  imageUnpinned,
  permissionsBroad,
  pinComment,
  runnerSelfHosted,
  secretInWideEnvironment,
  secretsInherited,
  secretsWhole,
  usesUnpinned,
  workflowUnreadable,
];
