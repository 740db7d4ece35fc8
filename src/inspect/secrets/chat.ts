/** Secrets of chat and of services for work. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as airtableAccessToken } from './chat/airtable-access-token.ts';
import { rule as airtableApiKey } from './chat/airtable-api-key.ts';
import { rule as asanaAccessToken } from './chat/asana-access-token.ts';
import { rule as asanaClientSecret } from './chat/asana-client-secret.ts';
import { rule as asanaPersonalToken } from './chat/asana-personal-token.ts';
import { rule as calComKey } from './chat/cal-com-key.ts';
import { rule as clickupToken } from './chat/clickup-token.ts';
import { rule as dingtalkWebhook } from './chat/dingtalk-webhook.ts';
import { rule as discordBotLogin } from './chat/discord-bot-login.ts';
import { rule as discordBotString } from './chat/discord-bot-string.ts';
import { rule as discordBotToken } from './chat/discord-bot-token.ts';
import { rule as discordClientSecret } from './chat/discord-client-secret.ts';
import { rule as discordWebhook } from './chat/discord-webhook.ts';
import { rule as dropboxAccessToken } from './chat/dropbox-access-token.ts';
import { rule as dropboxAppSecret } from './chat/dropbox-app-secret.ts';
import { rule as dropboxLegacyToken } from './chat/dropbox-legacy-token.ts';
import { rule as dubKey } from './chat/dub-key.ts';
import { rule as feishuBotWebhook } from './chat/feishu-bot-webhook.ts';
import { rule as figmaToken } from './chat/figma-token.ts';
import { rule as freshdeskApiKey } from './chat/freshdesk-api-key.ts';
import { rule as gitbookToken } from './chat/gitbook-token.ts';
import { rule as gitterToken } from './chat/gitter-token.ts';
import { rule as googleChatWebhook } from './chat/google-chat-webhook.ts';
import { rule as hubspotApiKey } from './chat/hubspot-api-key.ts';
import { rule as hubspotAppToken } from './chat/hubspot-app-token.ts';
import { rule as iftttWebhookKey } from './chat/ifttt-webhook-key.ts';
import { rule as inngestSigningKey } from './chat/inngest-signing-key.ts';
import { rule as intercomAccessToken } from './chat/intercom-access-token.ts';
import { rule as lineChannelToken } from './chat/line-channel-token.ts';
import { rule as linearApiKey } from './chat/linear-api-key.ts';
import { rule as liveblocksSecretKey } from './chat/liveblocks-secret-key.ts';
import { rule as makeWebhook } from './chat/make-webhook.ts';
import { rule as matrixAccessToken } from './chat/matrix-access-token.ts';
import { rule as mattermostToken } from './chat/mattermost-token.ts';
import { rule as mintlifyKey } from './chat/mintlify-key.ts';
import { rule as miroToken } from './chat/miro-token.ts';
import { rule as n8nKey } from './chat/n8n-key.ts';
import { rule as notionRefreshToken } from './chat/notion-refresh-token.ts';
import { rule as notionToken } from './chat/notion-token.ts';
import { rule as pipedriveToken } from './chat/pipedrive-token.ts';
import { rule as pubnubSecretKey } from './chat/pubnub-secret-key.ts';
import { rule as pusherSecret } from './chat/pusher-secret.ts';
import { rule as pushoverToken } from './chat/pushover-token.ts';
import { rule as retoolToken } from './chat/retool-token.ts';
import { rule as ringcentralSecret } from './chat/ringcentral-secret.ts';
import { rule as rocketchatToken } from './chat/rocketchat-token.ts';
import { rule as salesforceAuthUrl } from './chat/salesforce-auth-url.ts';
import { rule as salesforceConsumerSecret } from './chat/salesforce-consumer-secret.ts';
import { rule as salesforceSession } from './chat/salesforce-session.ts';
import { rule as sendbirdApiToken } from './chat/sendbird-api-token.ts';
import { rule as slackAppToken } from './chat/slack-app-token.ts';
import { rule as slackBotToken } from './chat/slack-bot-token.ts';
import { rule as slackConfigurationToken } from './chat/slack-configuration-token.ts';
import { rule as slackLegacyToken } from './chat/slack-legacy-token.ts';
import { rule as slackRefreshToken } from './chat/slack-refresh-token.ts';
import { rule as slackSessionCookie } from './chat/slack-session-cookie.ts';
import { rule as slackSessionToken } from './chat/slack-session-token.ts';
import { rule as slackUserToken } from './chat/slack-user-token.ts';
import { rule as slackWebhook } from './chat/slack-webhook.ts';
import { rule as slackWorkflowWebhook } from './chat/slack-workflow-webhook.ts';
import { rule as slackWorkspaceToken } from './chat/slack-workspace-token.ts';
import { rule as smartsheetToken } from './chat/smartsheet-token.ts';
import { rule as teamsAutomateWebhook } from './chat/teams-automate-webhook.ts';
import { rule as teamsWebhook } from './chat/teams-webhook.ts';
import { rule as teamsWorkflowWebhook } from './chat/teams-workflow-webhook.ts';
import { rule as teamworkToken } from './chat/teamwork-token.ts';
import { rule as telegramBotToken } from './chat/telegram-bot-token.ts';
import { rule as tinesWebhook } from './chat/tines-webhook.ts';
import { rule as todoistToken } from './chat/todoist-token.ts';
import { rule as trelloLegacyToken } from './chat/trello-legacy-token.ts';
import { rule as trelloToken } from './chat/trello-token.ts';
import { rule as triggerDevKey } from './chat/trigger-dev-key.ts';
import { rule as twilioApiKey } from './chat/twilio-api-key.ts';
import { rule as twilioAuthToken } from './chat/twilio-auth-token.ts';
import { rule as twitchChatToken } from './chat/twitch-chat-token.ts';
import { rule as typeformToken } from './chat/typeform-token.ts';
import { rule as webexToken } from './chat/webex-token.ts';
import { rule as wecomWebhook } from './chat/wecom-webhook.ts';
import { rule as workatoToken } from './chat/workato-token.ts';
import { rule as zapierWebhook } from './chat/zapier-webhook.ts';
import { rule as zendeskToken } from './chat/zendesk-token.ts';
import { rule as zohoOauthToken } from './chat/zoho-oauth-token.ts';
import { rule as zohoToken } from './chat/zoho-token.ts';
import { rule as zoomClientSecret } from './chat/zoom-client-secret.ts';
import { rule as zulipKey } from './chat/zulip-key.ts';

/** In order of id. */
export const CHAT: readonly SecretRule[] = [
  airtableAccessToken,
  airtableApiKey,
  asanaAccessToken,
  asanaClientSecret,
  asanaPersonalToken,
  calComKey,
  clickupToken,
  dingtalkWebhook,
  discordBotLogin,
  discordBotString,
  discordBotToken,
  discordClientSecret,
  discordWebhook,
  dropboxAccessToken,
  dropboxAppSecret,
  dropboxLegacyToken,
  dubKey,
  feishuBotWebhook,
  figmaToken,
  freshdeskApiKey,
  gitbookToken,
  gitterToken,
  googleChatWebhook,
  hubspotApiKey,
  hubspotAppToken,
  iftttWebhookKey,
  inngestSigningKey,
  intercomAccessToken,
  lineChannelToken,
  linearApiKey,
  liveblocksSecretKey,
  makeWebhook,
  matrixAccessToken,
  mattermostToken,
  mintlifyKey,
  miroToken,
  n8nKey,
  notionRefreshToken,
  notionToken,
  pipedriveToken,
  pubnubSecretKey,
  pusherSecret,
  pushoverToken,
  retoolToken,
  ringcentralSecret,
  rocketchatToken,
  salesforceAuthUrl,
  salesforceConsumerSecret,
  salesforceSession,
  sendbirdApiToken,
  slackAppToken,
  slackBotToken,
  slackConfigurationToken,
  slackLegacyToken,
  slackRefreshToken,
  slackSessionCookie,
  slackSessionToken,
  slackUserToken,
  slackWebhook,
  slackWorkflowWebhook,
  slackWorkspaceToken,
  smartsheetToken,
  teamsAutomateWebhook,
  teamsWebhook,
  teamsWorkflowWebhook,
  teamworkToken,
  telegramBotToken,
  tinesWebhook,
  todoistToken,
  trelloLegacyToken,
  trelloToken,
  triggerDevKey,
  twilioApiKey,
  twilioAuthToken,
  twitchChatToken,
  typeformToken,
  webexToken,
  wecomWebhook,
  workatoToken,
  zapierWebhook,
  zendeskToken,
  zohoOauthToken,
  zohoToken,
  zoomClientSecret,
  zulipKey,
];
