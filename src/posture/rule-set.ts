/** The list of posture rules, in order of id. A rule that is not here does not run. */
import type { PostureRule } from './rule.ts';
import { rule as actionArchived } from './rules/action-archived.ts';
import { rule as actionNameNear } from './rules/action-name-near.ts';
import { rule as actionSuperfluous } from './rules/action-superfluous.ts';
import { rule as actionsUnrestricted } from './rules/actions-unrestricted.ts';
import { rule as agentWithUntrustedInput } from './rules/agent-with-untrusted-input.ts';
import { rule as approvalWeak } from './rules/approval-weak.ts';
import { rule as auditRecordMissing } from './rules/audit-record-missing.ts';
import { rule as botGuardSpoofable } from './rules/bot-guard-spoofable.ts';
import { rule as cacheInRelease } from './rules/cache-in-release.ts';
import { rule as changelogSilent } from './rules/changelog-silent.ts';
import { rule as checkoutWithoutForkGuard } from './rules/checkout-without-fork-guard.ts';
import { rule as concurrencyUnsafe } from './rules/concurrency-unsafe.ts';
import { rule as conditionAlwaysTrue } from './rules/condition-always-true.ts';
import { rule as containerPasswordWritten } from './rules/container-password-written.ts';
import { rule as credentialsPersisted } from './rules/credentials-persisted.ts';
import { rule as dangerousTrigger } from './rules/dangerous-trigger.ts';
import { rule as defaultBranchUnreviewed } from './rules/default-branch-unreviewed.ts';
import { rule as defaultTokenWrites } from './rules/default-token-writes.ts';
import { rule as deployKeyWrites } from './rules/deploy-key-writes.ts';
import { rule as dispatchChoosesVersion } from './rules/dispatch-chooses-version.ts';
import { rule as dispatchUnconfirmed } from './rules/dispatch-unconfirmed.ts';
import { rule as downloadUnverified } from './rules/download-unverified.ts';
import { rule as environmentUnprotected } from './rules/environment-unprotected.ts';
import { rule as fileMode } from './rules/file-mode.ts';
import { rule as forgeTokenAsPassword } from './rules/forge-token-as-password.ts';
import { rule as forkRunsUnapproved } from './rules/fork-runs-unapproved.ts';
import { rule as gatewayBypassed } from './rules/gateway-bypassed.ts';
import { rule as guardUnsound } from './rules/guard-unsound.ts';
import { rule as identityAudienceWide } from './rules/identity-audience-wide.ts';
import { rule as identityBesideBuild } from './rules/identity-beside-build.ts';
import { rule as identityWithoutEnvironment } from './rules/identity-without-environment.ts';
import { rule as imageUnpinned } from './rules/image-unpinned.ts';
import { rule as includeUnpinned } from './rules/include-unpinned.ts';
import { rule as insecureCommands } from './rules/insecure-commands.ts';
import { rule as jobTokenUnlimited } from './rules/job-token-unlimited.ts';
import { rule as lifecycleScriptsOn } from './rules/lifecycle-scripts-on.ts';
import { rule as lockFileMissing } from './rules/lock-file-missing.ts';
import { rule as longLivedToken } from './rules/long-lived-token.ts';
import { rule as notificationMissing } from './rules/notification-missing.ts';
import { rule as outsiderEventUnchecked } from './rules/outsider-event-unchecked.ts';
import { rule as packageAdHoc } from './rules/package-ad-hoc.ts';
import { rule as permissionsBroad } from './rules/permissions-broad.ts';
import { rule as pinComment } from './rules/pin-comment.ts';
import { rule as pinImpostor } from './rules/pin-impostor.ts';
import { rule as pipelineDebugTrace } from './rules/pipeline-debug-trace.ts';
import { rule as provenanceDowngraded } from './rules/provenance-downgraded.ts';
import { rule as provenanceOff } from './rules/provenance-off.ts';
import { rule as publishFromAnyRef } from './rules/publish-from-any-ref.ts';
import { rule as publishUnapproved } from './rules/publish-unapproved.ts';
import { rule as publishUnscanned } from './rules/publish-unscanned.ts';
import { rule as publishUnvalidated } from './rules/publish-unvalidated.ts';
import { rule as publisherAroundGateway } from './rules/publisher-around-gateway.ts';
import { rule as publishesDirectory } from './rules/publishes-directory.ts';
import { rule as registryRoster } from './rules/registry-roster.ts';
import { rule as registryTokensAllowed } from './rules/registry-tokens-allowed.ts';
import { rule as releaseFilesUnowned } from './rules/release-files-unowned.ts';
import { rule as releaseTagUnprotected } from './rules/release-tag-unprotected.ts';
import { rule as releasesMutable } from './rules/releases-mutable.ts';
import { rule as rulesetBypassed } from './rules/ruleset-bypassed.ts';
import { rule as runnerSelfHosted } from './rules/runner-self-hosted.ts';
import { rule as secretInWideEnvironment } from './rules/secret-in-wide-environment.ts';
import { rule as secretOutsideEnvironment } from './rules/secret-outside-environment.ts';
import { rule as secretUnrotated } from './rules/secret-unrotated.ts';
import { rule as secretsInherited } from './rules/secrets-inherited.ts';
import { rule as secretsWhole } from './rules/secrets-whole.ts';
import { rule as securityPolicy } from './rules/security-policy.ts';
import { rule as tagFilterLoose } from './rules/tag-filter-loose.ts';
import { rule as tagUnchecked } from './rules/tag-unchecked.ts';
import { rule as templateInjection } from './rules/template-injection.ts';
import { rule as ternaryUnsound } from './rules/ternary-unsound.ts';
import { rule as timeoutMissing } from './rules/timeout-missing.ts';
import { rule as tokenShadowsIdentity } from './rules/token-shadows-identity.ts';
import { rule as untrustedArtifact } from './rules/untrusted-artifact.ts';
import { rule as untrustedCheckout } from './rules/untrusted-checkout.ts';
import { rule as untrustedEnvironment } from './rules/untrusted-environment.ts';
import { rule as usesObfuscated } from './rules/uses-obfuscated.ts';
import { rule as usesUnpinned } from './rules/uses-unpinned.ts';
import { rule as workflowApproves } from './rules/workflow-approves.ts';
import { rule as workflowUnreadable } from './rules/workflow-unreadable.ts';

export const POSTURE_RULES: readonly PostureRule[] = [
  actionArchived,
  actionNameNear,
  actionSuperfluous,
  actionsUnrestricted,
  agentWithUntrustedInput,
  approvalWeak,
  auditRecordMissing,
  botGuardSpoofable,
  cacheInRelease,
  changelogSilent,
  checkoutWithoutForkGuard,
  concurrencyUnsafe,
  conditionAlwaysTrue,
  containerPasswordWritten,
  credentialsPersisted,
  dangerousTrigger,
  defaultBranchUnreviewed,
  defaultTokenWrites,
  deployKeyWrites,
  dispatchChoosesVersion,
  dispatchUnconfirmed,
  downloadUnverified,
  environmentUnprotected,
  fileMode,
  forgeTokenAsPassword,
  forkRunsUnapproved,
  gatewayBypassed,
  guardUnsound,
  identityAudienceWide,
  identityBesideBuild,
  identityWithoutEnvironment,
  imageUnpinned,
  includeUnpinned,
  insecureCommands,
  jobTokenUnlimited,
  lifecycleScriptsOn,
  lockFileMissing,
  longLivedToken,
  notificationMissing,
  outsiderEventUnchecked,
  packageAdHoc,
  permissionsBroad,
  pinComment,
  pinImpostor,
  pipelineDebugTrace,
  provenanceDowngraded,
  provenanceOff,
  publishFromAnyRef,
  publishUnapproved,
  publishUnscanned,
  publishUnvalidated,
  publisherAroundGateway,
  publishesDirectory,
  registryRoster,
  registryTokensAllowed,
  releaseFilesUnowned,
  releaseTagUnprotected,
  releasesMutable,
  rulesetBypassed,
  runnerSelfHosted,
  secretInWideEnvironment,
  secretOutsideEnvironment,
  secretUnrotated,
  secretsInherited,
  secretsWhole,
  securityPolicy,
  tagFilterLoose,
  tagUnchecked,
  templateInjection,
  ternaryUnsound,
  timeoutMissing,
  tokenShadowsIdentity,
  untrustedArtifact,
  untrustedCheckout,
  untrustedEnvironment,
  usesObfuscated,
  usesUnpinned,
  workflowApproves,
  workflowUnreadable,
];
