/** Secrets of package registries. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as anacondaToken } from './registries/anaconda-token.ts';
import { rule as bufToken } from './registries/buf-token.ts';
import { rule as chocolateyKey } from './registries/chocolatey-key.ts';
import { rule as clojarsToken } from './registries/clojars-token.ts';
import { rule as cloudsmithApiKey } from './registries/cloudsmith-api-key.ts';
import { rule as cloudsmithKey } from './registries/cloudsmith-key.ts';
import { rule as cocoapodsTrunkToken } from './registries/cocoapods-trunk-token.ts';
import { rule as codeartifactToken } from './registries/codeartifact-token.ts';
import { rule as condaChannelToken } from './registries/conda-channel-token.ts';
import { rule as cratesToken } from './registries/crates-token.ts';
import { rule as cratesTrustedPublishingToken } from './registries/crates-trusted-publishing-token.ts';
import { rule as dockerRegistryAuth } from './registries/docker-registry-auth.ts';
import { rule as dockerhubToken } from './registries/dockerhub-token.ts';
import { rule as expoToken } from './registries/expo-token.ts';
import { rule as gemfuryToken } from './registries/gemfury-token.ts';
import { rule as gradlePublishSecret } from './registries/gradle-publish-secret.ts';
import { rule as hexPmKey } from './registries/hex-pm-key.ts';
import { rule as jetbrainsToken } from './registries/jetbrains-token.ts';
import { rule as jfrogApiKey } from './registries/jfrog-api-key.ts';
import { rule as jfrogIdentityToken } from './registries/jfrog-identity-token.ts';
import { rule as jfrogReferenceToken } from './registries/jfrog-reference-token.ts';
import { rule as jsrToken } from './registries/jsr-token.ts';
import { rule as mavenServerPassword } from './registries/maven-server-password.ts';
import { rule as modrinthToken } from './registries/modrinth-token.ts';
import { rule as mozillaAddonsSecret } from './registries/mozilla-addons-secret.ts';
import { rule as mygetKey } from './registries/myget-key.ts';
import { rule as npmBasicAuth } from './registries/npm-basic-auth.ts';
import { rule as nugetAnnotatedKey } from './registries/nuget-annotated-key.ts';
import { rule as nugetClearTextPassword } from './registries/nuget-clear-text-password.ts';
import { rule as nugetKey } from './registries/nuget-key.ts';
import { rule as openVsxPrefixedToken } from './registries/open-vsx-prefixed-token.ts';
import { rule as openVsxToken } from './registries/open-vsx-token.ts';
import { rule as packagecloudToken } from './registries/packagecloud-token.ts';
import { rule as packagistToken } from './registries/packagist-token.ts';
import { rule as quayToken } from './registries/quay-token.ts';
import { rule as rubygemsToken } from './registries/rubygems-token.ts';
import { rule as sidekiqServerLogin } from './registries/sidekiq-server-login.ts';
import { rule as snapcraftCredentials } from './registries/snapcraft-credentials.ts';
import { rule as socketApiToken } from './registries/socket-api-token.ts';
import { rule as terraformCloudToken } from './registries/terraform-cloud-token.ts';
import { rule as thunderstoreToken } from './registries/thunderstore-token.ts';
import { rule as twinePassword } from './registries/twine-password.ts';

/** In order of id. */
export const REGISTRIES: readonly SecretRule[] = [
  anacondaToken,
  bufToken,
  chocolateyKey,
  clojarsToken,
  cloudsmithApiKey,
  cloudsmithKey,
  cocoapodsTrunkToken,
  codeartifactToken,
  condaChannelToken,
  cratesToken,
  cratesTrustedPublishingToken,
  dockerRegistryAuth,
  dockerhubToken,
  expoToken,
  gemfuryToken,
  gradlePublishSecret,
  hexPmKey,
  jetbrainsToken,
  jfrogApiKey,
  jfrogIdentityToken,
  jfrogReferenceToken,
  jsrToken,
  mavenServerPassword,
  modrinthToken,
  mozillaAddonsSecret,
  mygetKey,
  npmBasicAuth,
  nugetAnnotatedKey,
  nugetClearTextPassword,
  nugetKey,
  openVsxPrefixedToken,
  openVsxToken,
  packagecloudToken,
  packagistToken,
  quayToken,
  rubygemsToken,
  sidekiqServerLogin,
  snapcraftCredentials,
  socketApiToken,
  terraformCloudToken,
  thunderstoreToken,
  twinePassword,
];
