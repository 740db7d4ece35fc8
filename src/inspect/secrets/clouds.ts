/** Secrets of clouds, hosts and networks. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as akamaiToken } from './clouds/akamai-token.ts';
import { rule as alibabaAccessKey } from './clouds/alibaba-access-key.ts';
import { rule as alibabaSecretKey } from './clouds/alibaba-secret-key.ts';
import { rule as arcjetKey } from './clouds/arcjet-key.ts';
import { rule as awsBedrockKey } from './clouds/aws-bedrock-key.ts';
import { rule as awsMwsToken } from './clouds/aws-mws-token.ts';
import { rule as awsSecretAccessKey } from './clouds/aws-secret-access-key.ts';
import { rule as awsSessionToken } from './clouds/aws-session-token.ts';
import { rule as azureAnnotatedKey } from './clouds/azure-annotated-key.ts';
import { rule as azureApiManagementKey } from './clouds/azure-api-management-key.ts';
import { rule as azureBatchKey } from './clouds/azure-batch-key.ts';
import { rule as azureClientSecret } from './clouds/azure-client-secret.ts';
import { rule as azureContainerRegistryKey } from './clouds/azure-container-registry-key.ts';
import { rule as azureCosmosKey } from './clouds/azure-cosmos-key.ts';
import { rule as azureDataFactoryKey } from './clouds/azure-data-factory-key.ts';
import { rule as azureEventGridKey } from './clouds/azure-event-grid-key.ts';
import { rule as azureEventHubKey } from './clouds/azure-event-hub-key.ts';
import { rule as azureFunctionAddress } from './clouds/azure-function-address.ts';
import { rule as azureFunctionsKey } from './clouds/azure-functions-key.ts';
import { rule as azureIotKey } from './clouds/azure-iot-key.ts';
import { rule as azureMlClassicKey } from './clouds/azure-ml-classic-key.ts';
import { rule as azureRedisKey } from './clouds/azure-redis-key.ts';
import { rule as azureRelayKey } from './clouds/azure-relay-key.ts';
import { rule as azureSas } from './clouds/azure-sas.ts';
import { rule as azureSearchKey } from './clouds/azure-search-key.ts';
import { rule as azureServiceBusKey } from './clouds/azure-service-bus-key.ts';
import { rule as azureSharedAccessKey } from './clouds/azure-shared-access-key.ts';
import { rule as azureStorageKey } from './clouds/azure-storage-key.ts';
import { rule as azureStorageLegacyKey } from './clouds/azure-storage-legacy-key.ts';
import { rule as backblazeKey } from './clouds/backblaze-key.ts';
import { rule as boxDeveloperToken } from './clouds/box-developer-token.ts';
import { rule as civoKey } from './clouds/civo-key.ts';
import { rule as cloudconnexaSecret } from './clouds/cloudconnexa-secret.ts';
import { rule as cloudflareGlobalKey } from './clouds/cloudflare-global-key.ts';
import { rule as cloudflareLegacyToken } from './clouds/cloudflare-legacy-token.ts';
import { rule as cloudflareOriginKey } from './clouds/cloudflare-origin-key.ts';
import { rule as cloudflareToken } from './clouds/cloudflare-token.ts';
import { rule as cloudflareTunnelToken } from './clouds/cloudflare-tunnel-token.ts';
import { rule as databricksToken } from './clouds/databricks-token.ts';
import { rule as definedNetworkingToken } from './clouds/defined-networking-token.ts';
import { rule as denoToken } from './clouds/deno-token.ts';
import { rule as digitaloceanToken } from './clouds/digitalocean-token.ts';
import { rule as dnsimpleToken } from './clouds/dnsimple-token.ts';
import { rule as dockerSwarmKey } from './clouds/docker-swarm-key.ts';
import { rule as exoscaleAccessKey } from './clouds/exoscale-access-key.ts';
import { rule as exoscaleSecret } from './clouds/exoscale-secret.ts';
import { rule as fastlyToken } from './clouds/fastly-token.ts';
import { rule as firebaseServerKey } from './clouds/firebase-server-key.ts';
import { rule as flyToken } from './clouds/fly-token.ts';
import { rule as godaddyKey } from './clouds/godaddy-key.ts';
import { rule as googleApiKey } from './clouds/google-api-key.ts';
import { rule as googleOauthAccessToken } from './clouds/google-oauth-access-token.ts';
import { rule as googleOauthClientSecret } from './clouds/google-oauth-client-secret.ts';
import { rule as googleOauthRefreshToken } from './clouds/google-oauth-refresh-token.ts';
import { rule as googleServiceAccount } from './clouds/google-service-account.ts';
import { rule as googleServiceAccountEncoded } from './clouds/google-service-account-encoded.ts';
import { rule as googleStorageKey } from './clouds/google-storage-key.ts';
import { rule as hashicorpAclToken } from './clouds/hashicorp-acl-token.ts';
import { rule as herokuLegacyKey } from './clouds/heroku-legacy-key.ts';
import { rule as herokuToken } from './clouds/heroku-token.ts';
import { rule as hetznerToken } from './clouds/hetzner-token.ts';
import { rule as ibmCloudKey } from './clouds/ibm-cloud-key.ts';
import { rule as k3sToken } from './clouds/k3s-token.ts';
import { rule as koyebToken } from './clouds/koyeb-token.ts';
import { rule as kubeadmJoinToken } from './clouds/kubeadm-join-token.ts';
import { rule as kubeconfigClientKey } from './clouds/kubeconfig-client-key.ts';
import { rule as kubernetesSecret } from './clouds/kubernetes-secret.ts';
import { rule as linodeToken } from './clouds/linode-token.ts';
import { rule as naverCloudSecret } from './clouds/naver-cloud-secret.ts';
import { rule as neonKey } from './clouds/neon-key.ts';
import { rule as netbirdToken } from './clouds/netbird-token.ts';
import { rule as netlifyLegacyToken } from './clouds/netlify-legacy-token.ts';
import { rule as netlifyToken } from './clouds/netlify-token.ts';
import { rule as ngrokToken } from './clouds/ngrok-token.ts';
import { rule as openshiftToken } from './clouds/openshift-token.ts';
import { rule as ovhSecret } from './clouds/ovh-secret.ts';
import { rule as pipedreamKey } from './clouds/pipedream-key.ts';
import { rule as planetscaleToken } from './clouds/planetscale-token.ts';
import { rule as porkbunSecret } from './clouds/porkbun-secret.ts';
import { rule as portainerToken } from './clouds/portainer-token.ts';
import { rule as proxmoxToken } from './clouds/proxmox-token.ts';
import { rule as railwayToken } from './clouds/railway-token.ts';
import { rule as rancherToken } from './clouds/rancher-token.ts';
import { rule as renderKey } from './clouds/render-key.ts';
import { rule as scalewaySecretKey } from './clouds/scaleway-secret-key.ts';
import { rule as scalingoToken } from './clouds/scalingo-token.ts';
import { rule as secretTokenUri } from './clouds/secret-token-uri.ts';
import { rule as settlemintToken } from './clouds/settlemint-token.ts';
import { rule as supabaseToken } from './clouds/supabase-token.ts';
import { rule as tailscaleKey } from './clouds/tailscale-key.ts';
import { rule as tencentAccessKey } from './clouds/tencent-access-key.ts';
import { rule as tencentSecretKey } from './clouds/tencent-secret-key.ts';
import { rule as tigrisSecretKey } from './clouds/tigris-secret-key.ts';
import { rule as trendMicroKey } from './clouds/trend-micro-key.ts';
import { rule as truenasKey } from './clouds/truenas-key.ts';
import { rule as upcloudToken } from './clouds/upcloud-token.ts';
import { rule as upstashToken } from './clouds/upstash-token.ts';
import { rule as valTownToken } from './clouds/val-town-token.ts';
import { rule as vercelLegacyToken } from './clouds/vercel-legacy-token.ts';
import { rule as vercelToken } from './clouds/vercel-token.ts';
import { rule as vultrKey } from './clouds/vultr-key.ts';
import { rule as wizClientSecret } from './clouds/wiz-client-secret.ts';
import { rule as yandexStaticKey } from './clouds/yandex-static-key.ts';
import { rule as yandexToken } from './clouds/yandex-token.ts';
import { rule as zerotierToken } from './clouds/zerotier-token.ts';

/** In order of id. */
export const CLOUDS: readonly SecretRule[] = [
  akamaiToken,
  alibabaAccessKey,
  alibabaSecretKey,
  arcjetKey,
  awsBedrockKey,
  awsMwsToken,
  awsSecretAccessKey,
  awsSessionToken,
  azureAnnotatedKey,
  azureApiManagementKey,
  azureBatchKey,
  azureClientSecret,
  azureContainerRegistryKey,
  azureCosmosKey,
  azureDataFactoryKey,
  azureEventGridKey,
  azureEventHubKey,
  azureFunctionAddress,
  azureFunctionsKey,
  azureIotKey,
  azureMlClassicKey,
  azureRedisKey,
  azureRelayKey,
  azureSas,
  azureSearchKey,
  azureServiceBusKey,
  azureSharedAccessKey,
  azureStorageKey,
  azureStorageLegacyKey,
  backblazeKey,
  boxDeveloperToken,
  civoKey,
  cloudconnexaSecret,
  cloudflareGlobalKey,
  cloudflareLegacyToken,
  cloudflareOriginKey,
  cloudflareToken,
  cloudflareTunnelToken,
  databricksToken,
  definedNetworkingToken,
  denoToken,
  digitaloceanToken,
  dnsimpleToken,
  dockerSwarmKey,
  exoscaleAccessKey,
  exoscaleSecret,
  fastlyToken,
  firebaseServerKey,
  flyToken,
  godaddyKey,
  googleApiKey,
  googleOauthAccessToken,
  googleOauthClientSecret,
  googleOauthRefreshToken,
  googleServiceAccount,
  googleServiceAccountEncoded,
  googleStorageKey,
  hashicorpAclToken,
  herokuLegacyKey,
  herokuToken,
  hetznerToken,
  ibmCloudKey,
  k3sToken,
  koyebToken,
  kubeadmJoinToken,
  kubeconfigClientKey,
  kubernetesSecret,
  linodeToken,
  naverCloudSecret,
  neonKey,
  netbirdToken,
  netlifyLegacyToken,
  netlifyToken,
  ngrokToken,
  openshiftToken,
  ovhSecret,
  pipedreamKey,
  planetscaleToken,
  porkbunSecret,
  portainerToken,
  proxmoxToken,
  railwayToken,
  rancherToken,
  renderKey,
  scalewaySecretKey,
  scalingoToken,
  secretTokenUri,
  settlemintToken,
  supabaseToken,
  tailscaleKey,
  tencentAccessKey,
  tencentSecretKey,
  tigrisSecretKey,
  trendMicroKey,
  truenasKey,
  upcloudToken,
  upstashToken,
  valTownToken,
  vercelLegacyToken,
  vercelToken,
  vultrKey,
  wizClientSecret,
  yandexStaticKey,
  yandexToken,
  zerotierToken,
];
