/** The public API: checking tags and quorums, reading documents, and the verifier. */
export { choosePolicy } from './core/choose-policy.ts';
export { ERROR_CODES } from './core/errors.ts';
export type { Genesis } from './core/genesis.ts';
export type { Approval, InspectionReport } from './core/manifest.ts';
export type { Policy, PolicyDocument } from './core/policy.ts';
export {
  decideQuorum,
  isQuorumReachable,
  type QuorumAnswer,
  type QuorumQuestion,
} from './core/quorum.ts';
export type { Roster } from './core/roster.ts';
export { checkTag } from './core/tag-filter.ts';
export * from './verify.ts';
