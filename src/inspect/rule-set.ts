/** The list of rules. A rule that is not here does not run. */
import { createHash } from 'node:crypto';
import type { Rule } from './rule.ts';
import { rule as archiveDisagreement } from './rules/archive-disagreement.ts';
import { rule as artifactReadable } from './rules/artifact-readable.ts';
import { rule as awsAccessKey } from './rules/aws-access-key.ts';
import { rule as awsCredentialsFile } from './rules/aws-credentials-file.ts';
import { rule as binaryAdded } from './rules/binary-added.ts';
import { rule as bundledInstallScript } from './rules/bundled-install-script.ts';
import { rule as bunfigToken } from './rules/bunfig-token.ts';
import { rule as capabilityFirstUsed } from './rules/capability-first-used.ts';
import { rule as cargoCredentialsToken } from './rules/cargo-credentials-token.ts';
import { rule as caseCollision } from './rules/case-collision.ts';
import { rule as commitNotOnProtectedBranch } from './rules/commit-not-on-protected-branch.ts';
import { rule as composerAuthToken } from './rules/composer-auth-token.ts';
import { rule as contentCollapse } from './rules/content-collapse.ts';
import { rule as daemonSecretsFile } from './rules/daemon-secrets-file.ts';
import { rule as deceptiveName } from './rules/deceptive-name.ts';
import { rule as declaredSetComplete } from './rules/declared-set-complete.ts';
import { rule as dependencyAdded } from './rules/dependency-added.ts';
import { rule as dependencyLoosened } from './rules/dependency-loosened.ts';
import { rule as dependencySource } from './rules/dependency-source.ts';
import { rule as dependencyUnclaimed } from './rules/dependency-unclaimed.ts';
import { rule as dependencyYoung } from './rules/dependency-young.ts';
import { rule as dockerConfigAuth } from './rules/docker-config-auth.ts';
import { rule as dormantRevived } from './rules/dormant-revived.ts';
import { rule as duplicateEntry } from './rules/duplicate-entry.ts';
import { rule as entryPointMoved } from './rules/entry-point-moved.ts';
import { rule as entryPointsPacked } from './rules/entry-points-packed.ts';
import { rule as fileMode } from './rules/file-mode.ts';
import { rule as ftpClientPassword } from './rules/ftp-client-password.ts';
import { rule as gcloudCredentialsFile } from './rules/gcloud-credentials-file.ts';
import { rule as gitCredentialsPassword } from './rules/git-credentials-password.ts';
import { rule as githubFineGrainedToken } from './rules/github-fine-grained-token.ts';
import { rule as githubToken } from './rules/github-token.ts';
import { rule as gradlePropertiesSecret } from './rules/gradle-properties-secret.ts';
import { rule as hiddenCharacters } from './rules/hidden-characters.ts';
import { rule as htpasswdHash } from './rules/htpasswd-hash.ts';
import { rule as implicitGypBuild } from './rules/implicit-gyp-build.ts';
import { rule as installHook } from './rules/install-hook.ts';
import { rule as interpreterStartFile } from './rules/interpreter-start-file.ts';
import { rule as keyStore } from './rules/key-store.ts';
import { rule as kubeconfigCredential } from './rules/kubeconfig-credential.ts';
import { rule as licenceChanged } from './rules/licence-changed.ts';
import { rule as mailClientPassword } from './rules/mail-client-password.ts';
import { rule as mavenSettingsPassword } from './rules/maven-settings-password.ts';
import { rule as mysqlOptionPassword } from './rules/mysql-option-password.ts';
import { rule as nestedArchive } from './rules/nested-archive.ts';
import { rule as netrcPassword } from './rules/netrc-password.ts';
import { rule as notAlreadyUpstream } from './rules/not-already-upstream.ts';
import { rule as notLowerThanLatest } from './rules/not-lower-than-latest.ts';
import { rule as nothingUndeclared } from './rules/nothing-undeclared.ts';
import { rule as npmLegacyToken } from './rules/npm-legacy-token.ts';
import { rule as npmToken } from './rules/npm-token.ts';
import { rule as npmrcCredential } from './rules/npmrc-credential.ts';
import { rule as nugetConfigPassword } from './rules/nuget-config-password.ts';
import { rule as obfuscatedCode } from './rules/obfuscated-code.ts';
import { rule as offscreenCode } from './rules/offscreen-code.ts';
import { rule as oneManifest } from './rules/one-manifest.ts';
import { rule as packageInProject } from './rules/package-in-project.ts';
import { rule as packageLink } from './rules/package-link.ts';
import { rule as packedFileDiffersFromCommit } from './rules/packed-file-differs-from-commit.ts';
import { rule as packedFileNotInCommit } from './rules/packed-file-not-in-commit.ts';
import { rule as patchOfExistingLine } from './rules/patch-of-existing-line.ts';
import { rule as pgpassPassword } from './rules/pgpass-password.ts';
import { rule as pipConfPassword } from './rules/pip-conf-password.ts';
import { rule as poetryAuthPassword } from './rules/poetry-auth-password.ts';
import { rule as prereleaseNeedsDistTag } from './rules/prerelease-needs-dist-tag.ts';
import { rule as prereleaseNotLatest } from './rules/prerelease-not-latest.ts';
import { rule as privateKeyDer } from './rules/private-key-der.ts';
import { rule as privateKeyPem } from './rules/private-key-pem.ts';
import { rule as provenanceDisappeared } from './rules/provenance-disappeared.ts';
import { rule as provenanceMismatch } from './rules/provenance-mismatch.ts';
import { rule as provenanceMissing } from './rules/provenance-missing.ts';
import { rule as publishConfigRegistry } from './rules/publish-config-registry.ts';
import { rule as pypiToken } from './rules/pypi-token.ts';
import { rule as pypircPassword } from './rules/pypirc-password.ts';
import { rule as railsMasterKeyFile } from './rules/rails-master-key-file.ts';
import { rule as rcloneConfPassword } from './rules/rclone-conf-password.ts';
import { rule as requestMatchesArtifact } from './rules/request-matches-artifact.ts';
import { rule as sdistBuildCode } from './rules/sdist-build-code.ts';
import { rule as secretFile } from './rules/secret-file.ts';
import { rule as selfPropagation } from './rules/self-propagation.ts';
import { rule as sensitiveFile } from './rules/sensitive-file.ts';
import { rule as sizeJump } from './rules/size-jump.ts';
import { rule as sourceGrade } from './rules/source-grade.ts';
import { rule as sourceMapSources } from './rules/source-map-sources.ts';
import { rule as specialEntry } from './rules/special-entry.ts';
import { rule as strayFile } from './rules/stray-file.ts';
import { rule as tagEqualsVersion } from './rules/tag-equals-version.ts';
import { rule as tagFitsPolicy } from './rules/tag-fits-policy.ts';
import { rule as tagMoved } from './rules/tag-moved.ts';
import { rule as terraformSecret } from './rules/terraform-secret.ts';
import { rule as toolStartFile } from './rules/tool-start-file.ts';
import { rule as trailingData } from './rules/trailing-data.ts';
import { rule as twinChangedAlone } from './rules/twin-changed-alone.ts';
import { rule as unapprovedDifference } from './rules/unapproved-difference.ts';
import { rule as unapprovedUpstream } from './rules/unapproved-upstream.ts';
import { rule as unattendPassword } from './rules/unattend-password.ts';
import { rule as unsafePath } from './rules/unsafe-path.ts';
import { rule as validDistTag } from './rules/valid-dist-tag.ts';
import { rule as versionBurst } from './rules/version-burst.ts';
import { rule as versionJump } from './rules/version-jump.ts';
import { rule as walletInterception } from './rules/wallet-interception.ts';
import { rule as wheelRecord } from './rules/wheel-record.ts';
import { rule as wholeRepository } from './rules/whole-repository.ts';
import { rule as wpConfigPassword } from './rules/wp-config-password.ts';
import { rule as yarnrcToken } from './rules/yarnrc-token.ts';
import { SECRETS } from './secrets/families.ts';

/** The rules of the folder rules/; those of secrets/ are listed by family. */
const FLAT: readonly Rule[] = [
  archiveDisagreement,
  artifactReadable,
  awsAccessKey,
  awsCredentialsFile,
  binaryAdded,
  bundledInstallScript,
  bunfigToken,
  capabilityFirstUsed,
  cargoCredentialsToken,
  caseCollision,
  commitNotOnProtectedBranch,
  composerAuthToken,
  contentCollapse,
  daemonSecretsFile,
  deceptiveName,
  declaredSetComplete,
  dependencyAdded,
  dependencyLoosened,
  dependencySource,
  dependencyUnclaimed,
  dependencyYoung,
  dockerConfigAuth,
  dormantRevived,
  duplicateEntry,
  entryPointMoved,
  entryPointsPacked,
  fileMode,
  ftpClientPassword,
  gcloudCredentialsFile,
  gitCredentialsPassword,
  githubFineGrainedToken,
  githubToken,
  gradlePropertiesSecret,
  hiddenCharacters,
  htpasswdHash,
  implicitGypBuild,
  installHook,
  interpreterStartFile,
  keyStore,
  kubeconfigCredential,
  licenceChanged,
  mailClientPassword,
  mavenSettingsPassword,
  mysqlOptionPassword,
  nestedArchive,
  netrcPassword,
  notAlreadyUpstream,
  notLowerThanLatest,
  nothingUndeclared,
  npmLegacyToken,
  npmToken,
  npmrcCredential,
  nugetConfigPassword,
  obfuscatedCode,
  offscreenCode,
  oneManifest,
  packageInProject,
  packageLink,
  packedFileDiffersFromCommit,
  packedFileNotInCommit,
  patchOfExistingLine,
  pgpassPassword,
  pipConfPassword,
  poetryAuthPassword,
  prereleaseNeedsDistTag,
  prereleaseNotLatest,
  privateKeyDer,
  privateKeyPem,
  provenanceDisappeared,
  provenanceMismatch,
  provenanceMissing,
  publishConfigRegistry,
  pypiToken,
  pypircPassword,
  railsMasterKeyFile,
  rcloneConfPassword,
  requestMatchesArtifact,
  sdistBuildCode,
  secretFile,
  selfPropagation,
  sensitiveFile,
  sizeJump,
  sourceGrade,
  sourceMapSources,
  specialEntry,
  strayFile,
  tagEqualsVersion,
  tagFitsPolicy,
  tagMoved,
  terraformSecret,
  toolStartFile,
  trailingData,
  twinChangedAlone,
  unapprovedDifference,
  unapprovedUpstream,
  unattendPassword,
  unsafePath,
  validDistTag,
  versionBurst,
  versionJump,
  walletInterception,
  wheelRecord,
  wholeRepository,
  wpConfigPassword,
  yarnrcToken,
];

/** Every rule, in order of id. */
export const RULES: readonly Rule[] = [...FLAT, ...Object.values(SECRETS).flat()].sort(
  (left, right) => (left.id < right.id ? -1 : 1),
);

/** Changes by hand when engine or rules change what a report may say beyond single rules. */
const EDITION = '2026.11.1';

/** Names a set of rules: edition, how many, and a digest over ids and versions. */
export function nameRuleSet(rules: readonly Rule[]): string {
  const versions = rules.map((rule) => `${rule.id}@${rule.version}`).sort();
  const digest = createHash('sha256').update(versions.join('\n')).digest('hex');
  return `${EDITION}+${rules.length}.${digest.slice(0, 12)}`;
}

/** The version of RULES, as reports and manifests carry it. */
export const RULE_SET: string = nameRuleSet(RULES);
