/** Secrets of forges, build services and secret stores. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as gitlabPipelineTriggerToken } from './forges/gitlab-pipeline-trigger-token.ts';

/** In order of id. */
export const FORGES: readonly SecretRule[] = [gitlabPipelineTriggerToken];
