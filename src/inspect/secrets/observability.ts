/** Secrets of monitoring, analytics and quality services. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as adafruitIoKey } from './observability/adafruit-io-key.ts';
import { rule as airbrakeKey } from './observability/airbrake-key.ts';
import { rule as amplitudeSecretKey } from './observability/amplitude-secret-key.ts';
import { rule as axiomToken } from './observability/axiom-token.ts';
import { rule as beamerToken } from './observability/beamer-token.ts';
import { rule as betterStackToken } from './observability/better-stack-token.ts';
import { rule as browserstackKey } from './observability/browserstack-key.ts';
import { rule as checklyApiKey } from './observability/checkly-api-key.ts';
import { rule as ciscoMerakiKey } from './observability/cisco-meraki-key.ts';
import { rule as configcatSdkKey } from './observability/configcat-sdk-key.ts';
import { rule as confluentApiSecret } from './observability/confluent-api-secret.ts';
import { rule as confluentSecret } from './observability/confluent-secret.ts';
import { rule as coralogixKey } from './observability/coralogix-key.ts';
import { rule as cypressRecordKey } from './observability/cypress-record-key.ts';
import { rule as datadogApiKey } from './observability/datadog-api-key.ts';
import { rule as datadogAppToken } from './observability/datadog-app-token.ts';
import { rule as datadogApplicationKey } from './observability/datadog-application-key.ts';
import { rule as devcycleServerKey } from './observability/devcycle-server-key.ts';
import { rule as dynatraceToken } from './observability/dynatrace-token.ts';
import { rule as firehydrantToken } from './observability/firehydrant-token.ts';
import { rule as flagsmithServerKey } from './observability/flagsmith-server-key.ts';
import { rule as fullstoryApiKey } from './observability/fullstory-api-key.ts';
import { rule as grafanaApiKey } from './observability/grafana-api-key.ts';
import { rule as grafanaCloudToken } from './observability/grafana-cloud-token.ts';
import { rule as grafanaServiceAccountToken } from './observability/grafana-service-account-token.ts';
import { rule as growthbookSecretKey } from './observability/growthbook-secret-key.ts';
import { rule as honeybadgerToken } from './observability/honeybadger-token.ts';
import { rule as honeycombApiKey } from './observability/honeycomb-api-key.ts';
import { rule as honeycombIngestKey } from './observability/honeycomb-ingest-key.ts';
import { rule as kolideKey } from './observability/kolide-key.ts';
import { rule as launchdarklyKey } from './observability/launchdarkly-key.ts';
import { rule as logfireToken } from './observability/logfire-token.ts';
import { rule as logzioToken } from './observability/logzio-token.ts';
import { rule as mixpanelSecret } from './observability/mixpanel-secret.ts';
import { rule as newRelicBrowserKey } from './observability/new-relic-browser-key.ts';
import { rule as newRelicInsertKey } from './observability/new-relic-insert-key.ts';
import { rule as newRelicLicenseKey } from './observability/new-relic-license-key.ts';
import { rule as newRelicUserKey } from './observability/new-relic-user-key.ts';
import { rule as opsgenieApiKey } from './observability/opsgenie-api-key.ts';
import { rule as pagerdutyApiKey } from './observability/pagerduty-api-key.ts';
import { rule as pingdomToken } from './observability/pingdom-token.ts';
import { rule as pixieKey } from './observability/pixie-key.ts';
import { rule as posthogPersonalKey } from './observability/posthog-personal-key.ts';
import { rule as rollbarAccessToken } from './observability/rollbar-access-token.ts';
import { rule as rootlyToken } from './observability/rootly-token.ts';
import { rule as samsaraApiToken } from './observability/samsara-api-token.ts';
import { rule as saucelabsKey } from './observability/saucelabs-key.ts';
import { rule as segmentApiToken } from './observability/segment-api-token.ts';
import { rule as sentryAuthToken } from './observability/sentry-auth-token.ts';
import { rule as sentryFileToken } from './observability/sentry-file-token.ts';
import { rule as sentryOrganizationToken } from './observability/sentry-organization-token.ts';
import { rule as sentryUserToken } from './observability/sentry-user-token.ts';
import { rule as signalfxToken } from './observability/signalfx-token.ts';
import { rule as splunkInputToken } from './observability/splunk-input-token.ts';
import { rule as splunkToken } from './observability/splunk-token.ts';
import { rule as statsigSecretKey } from './observability/statsig-secret-key.ts';
import { rule as statuspageKey } from './observability/statuspage-key.ts';
import { rule as sumologicAccessKey } from './observability/sumologic-access-key.ts';
import { rule as thingsboardToken } from './observability/thingsboard-token.ts';
import { rule as thousandeyesToken } from './observability/thousandeyes-token.ts';
import { rule as ubidotsToken } from './observability/ubidots-token.ts';
import { rule as unleashToken } from './observability/unleash-token.ts';
import { rule as uptimerobotKey } from './observability/uptimerobot-key.ts';
import { rule as zuploApiKey } from './observability/zuplo-api-key.ts';

/** In order of id. */
export const OBSERVABILITY: readonly SecretRule[] = [
  adafruitIoKey,
  airbrakeKey,
  amplitudeSecretKey,
  axiomToken,
  beamerToken,
  betterStackToken,
  browserstackKey,
  checklyApiKey,
  ciscoMerakiKey,
  configcatSdkKey,
  confluentApiSecret,
  confluentSecret,
  coralogixKey,
  cypressRecordKey,
  datadogApiKey,
  datadogAppToken,
  datadogApplicationKey,
  devcycleServerKey,
  dynatraceToken,
  firehydrantToken,
  flagsmithServerKey,
  fullstoryApiKey,
  grafanaApiKey,
  grafanaCloudToken,
  grafanaServiceAccountToken,
  growthbookSecretKey,
  honeybadgerToken,
  honeycombApiKey,
  honeycombIngestKey,
  kolideKey,
  launchdarklyKey,
  logfireToken,
  logzioToken,
  mixpanelSecret,
  newRelicBrowserKey,
  newRelicInsertKey,
  newRelicLicenseKey,
  newRelicUserKey,
  opsgenieApiKey,
  pagerdutyApiKey,
  pingdomToken,
  pixieKey,
  posthogPersonalKey,
  rollbarAccessToken,
  rootlyToken,
  samsaraApiToken,
  saucelabsKey,
  segmentApiToken,
  sentryAuthToken,
  sentryFileToken,
  sentryOrganizationToken,
  sentryUserToken,
  signalfxToken,
  splunkInputToken,
  splunkToken,
  statsigSecretKey,
  statuspageKey,
  sumologicAccessKey,
  thingsboardToken,
  thousandeyesToken,
  ubidotsToken,
  unleashToken,
  uptimerobotKey,
  zuploApiKey,
];
