/** Secrets of forges, build services and secret stores. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as aikidoCiToken } from './forges/aikido-ci-token.ts';
import { rule as aikidoSecret } from './forges/aikido-secret.ts';
import { rule as atlassianLegacyToken } from './forges/atlassian-legacy-token.ts';
import { rule as atlassianToken } from './forges/atlassian-token.ts';
import { rule as azureDevopsLegacyToken } from './forges/azure-devops-legacy-token.ts';
import { rule as azureDevopsToken } from './forges/azure-devops-token.ts';
import { rule as bitbucketAppPassword } from './forges/bitbucket-app-password.ts';
import { rule as bitbucketClientSecret } from './forges/bitbucket-client-secret.ts';
import { rule as bitbucketDataCenterToken } from './forges/bitbucket-data-center-token.ts';
import { rule as bitbucketOauthSecret } from './forges/bitbucket-oauth-secret.ts';
import { rule as bitriseToken } from './forges/bitrise-token.ts';
import { rule as bitwardenAccessToken } from './forges/bitwarden-access-token.ts';
import { rule as buildkiteToken } from './forges/buildkite-token.ts';
import { rule as chromaticProjectToken } from './forges/chromatic-project-token.ts';
import { rule as circleciLegacyToken } from './forges/circleci-legacy-token.ts';
import { rule as circleciToken } from './forges/circleci-token.ts';
import { rule as codacyToken } from './forges/codacy-token.ts';
import { rule as codeClimateReporter } from './forges/code-climate-reporter.ts';
import { rule as codecovToken } from './forges/codecov-token.ts';
import { rule as coderabbitKey } from './forges/coderabbit-key.ts';
import { rule as coverallsToken } from './forges/coveralls-token.ts';
import { rule as dependencyTrackKey } from './forges/dependency-track-key.ts';
import { rule as depotToken } from './forges/depot-token.ts';
import { rule as dopplerToken } from './forges/doppler-token.ts';
import { rule as dotenvVaultKey } from './forges/dotenv-vault-key.ts';
import { rule as droneToken } from './forges/drone-token.ts';
import { rule as dryrunSecurityKey } from './forges/dryrun-security-key.ts';
import { rule as endorLabsKey } from './forges/endor-labs-key.ts';
import { rule as giteaToken } from './forges/gitea-token.ts';
import { rule as githubClientSecret } from './forges/github-client-secret.ts';
import { rule as gitlabAgentToken } from './forges/gitlab-agent-token.ts';
import { rule as gitlabDeployToken } from './forges/gitlab-deploy-token.ts';
import { rule as gitlabFeatureFlagToken } from './forges/gitlab-feature-flag-token.ts';
import { rule as gitlabFeedToken } from './forges/gitlab-feed-token.ts';
import { rule as gitlabIncomingMailToken } from './forges/gitlab-incoming-mail-token.ts';
import { rule as gitlabJobToken } from './forges/gitlab-job-token.ts';
import { rule as gitlabOauthSecret } from './forges/gitlab-oauth-secret.ts';
import { rule as gitlabPersonalToken } from './forges/gitlab-personal-token.ts';
import { rule as gitlabPipelineTriggerToken } from './forges/gitlab-pipeline-trigger-token.ts';
import { rule as gitlabRunnerRegistrationToken } from './forges/gitlab-runner-registration-token.ts';
import { rule as gitlabRunnerToken } from './forges/gitlab-runner-token.ts';
import { rule as gitlabScimToken } from './forges/gitlab-scim-token.ts';
import { rule as gitlabSessionCookie } from './forges/gitlab-session-cookie.ts';
import { rule as gitlabWorkspaceToken } from './forges/gitlab-workspace-token.ts';
import { rule as gitpodToken } from './forges/gitpod-token.ts';
import { rule as guardsquareKey } from './forges/guardsquare-key.ts';
import { rule as harnessToken } from './forges/harness-token.ts';
import { rule as infisicalToken } from './forges/infisical-token.ts';
import { rule as infracostKey } from './forges/infracost-key.ts';
import { rule as iterativeStudioToken } from './forges/iterative-studio-token.ts';
import { rule as jenkinsCredential } from './forges/jenkins-credential.ts';
import { rule as jenkinsToken } from './forges/jenkins-token.ts';
import { rule as mergifyApplicationKey } from './forges/mergify-application-key.ts';
import { rule as mergifyKey } from './forges/mergify-key.ts';
import { rule as nxCloudToken } from './forges/nx-cloud-token.ts';
import { rule as octopusDeployKey } from './forges/octopus-deploy-key.ts';
import { rule as onepasswordSecretKey } from './forges/onepassword-secret-key.ts';
import { rule as onepasswordServiceToken } from './forges/onepassword-service-token.ts';
import { rule as percyToken } from './forges/percy-token.ts';
import { rule as phabricatorToken } from './forges/phabricator-token.ts';
import { rule as phaseToken } from './forges/phase-token.ts';
import { rule as prefectKey } from './forges/prefect-key.ts';
import { rule as pulumiToken } from './forges/pulumi-token.ts';
import { rule as semgrepToken } from './forges/semgrep-token.ts';
import { rule as snykAccessToken } from './forges/snyk-access-token.ts';
import { rule as snykToken } from './forges/snyk-token.ts';
import { rule as sonarcloudToken } from './forges/sonarcloud-token.ts';
import { rule as sonarqubeToken } from './forges/sonarqube-token.ts';
import { rule as sourcegraphToken } from './forges/sourcegraph-token.ts';
import { rule as stackhawkKey } from './forges/stackhawk-key.ts';
import { rule as teamcityToken } from './forges/teamcity-token.ts';
import { rule as testkubeKey } from './forges/testkube-key.ts';
import { rule as travisToken } from './forges/travis-token.ts';
import { rule as vantaClientSecret } from './forges/vanta-client-secret.ts';
import { rule as vaultLegacyToken } from './forges/vault-legacy-token.ts';
import { rule as vaultToken } from './forges/vault-token.ts';
import { rule as vaultUnsealKey } from './forges/vault-unseal-key.ts';
import { rule as vercelBlobToken } from './forges/vercel-blob-token.ts';

/** In order of id. */
export const FORGES: readonly SecretRule[] = [
  aikidoCiToken,
  aikidoSecret,
  atlassianLegacyToken,
  atlassianToken,
  azureDevopsLegacyToken,
  azureDevopsToken,
  bitbucketAppPassword,
  bitbucketClientSecret,
  bitbucketDataCenterToken,
  bitbucketOauthSecret,
  bitriseToken,
  bitwardenAccessToken,
  buildkiteToken,
  chromaticProjectToken,
  circleciLegacyToken,
  circleciToken,
  codacyToken,
  codeClimateReporter,
  codecovToken,
  coderabbitKey,
  coverallsToken,
  dependencyTrackKey,
  depotToken,
  dopplerToken,
  dotenvVaultKey,
  droneToken,
  dryrunSecurityKey,
  endorLabsKey,
  giteaToken,
  githubClientSecret,
  gitlabAgentToken,
  gitlabDeployToken,
  gitlabFeatureFlagToken,
  gitlabFeedToken,
  gitlabIncomingMailToken,
  gitlabJobToken,
  gitlabOauthSecret,
  gitlabPersonalToken,
  gitlabPipelineTriggerToken,
  gitlabRunnerRegistrationToken,
  gitlabRunnerToken,
  gitlabScimToken,
  gitlabSessionCookie,
  gitlabWorkspaceToken,
  gitpodToken,
  guardsquareKey,
  harnessToken,
  infisicalToken,
  infracostKey,
  iterativeStudioToken,
  jenkinsCredential,
  jenkinsToken,
  mergifyApplicationKey,
  mergifyKey,
  nxCloudToken,
  octopusDeployKey,
  onepasswordSecretKey,
  onepasswordServiceToken,
  percyToken,
  phabricatorToken,
  phaseToken,
  prefectKey,
  pulumiToken,
  semgrepToken,
  snykAccessToken,
  snykToken,
  sonarcloudToken,
  sonarqubeToken,
  sourcegraphToken,
  stackhawkKey,
  teamcityToken,
  testkubeKey,
  travisToken,
  vantaClientSecret,
  vaultLegacyToken,
  vaultToken,
  vaultUnsealKey,
  vercelBlobToken,
];
