/** Secrets of mail and messaging services. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as ahasendKey } from './mail/ahasend-key.ts';
import { rule as brevoApiKey } from './mail/brevo-api-key.ts';
import { rule as brevoSmtpKey } from './mail/brevo-smtp-key.ts';
import { rule as courierApiKey } from './mail/courier-api-key.ts';
import { rule as customerioApiKey } from './mail/customerio-api-key.ts';
import { rule as elasticEmailApiKey } from './mail/elastic-email-api-key.ts';
import { rule as gcNotifyApiKey } from './mail/gc-notify-api-key.ts';
import { rule as hunterApiKey } from './mail/hunter-api-key.ts';
import { rule as instantlyApiKey } from './mail/instantly-api-key.ts';
import { rule as kitKey } from './mail/kit-key.ts';
import { rule as klaviyoApiKey } from './mail/klaviyo-api-key.ts';
import { rule as loopsApiKey } from './mail/loops-api-key.ts';
import { rule as mailSmtp2goApiKey } from './mail/mail-smtp2go-api-key.ts';
import { rule as mailchimpApiKey } from './mail/mailchimp-api-key.ts';
import { rule as mailersendToken } from './mail/mailersend-token.ts';
import { rule as mailgunApiKey } from './mail/mailgun-api-key.ts';
import { rule as mailgunPrivateKey } from './mail/mailgun-private-key.ts';
import { rule as mailjetSecretKey } from './mail/mailjet-secret-key.ts';
import { rule as mailtrapToken } from './mail/mailtrap-token.ts';
import { rule as mandrillApiKey } from './mail/mandrill-api-key.ts';
import { rule as messagebirdApiKey } from './mail/messagebird-api-key.ts';
import { rule as novuApiKey } from './mail/novu-api-key.ts';
import { rule as nylasApiKey } from './mail/nylas-api-key.ts';
import { rule as onesignalApiKey } from './mail/onesignal-api-key.ts';
import { rule as onesignalRestKey } from './mail/onesignal-rest-key.ts';
import { rule as plivoAuthToken } from './mail/plivo-auth-token.ts';
import { rule as postmarkToken } from './mail/postmark-token.ts';
import { rule as resendApiKey } from './mail/resend-api-key.ts';
import { rule as resendClientKey } from './mail/resend-client-key.ts';
import { rule as sendgridApiKey } from './mail/sendgrid-api-key.ts';
import { rule as signalwireToken } from './mail/signalwire-token.ts';
import { rule as sparkpostApiKey } from './mail/sparkpost-api-key.ts';
import { rule as telnyxApiKey } from './mail/telnyx-api-key.ts';
import { rule as vonageApiSecret } from './mail/vonage-api-secret.ts';
import { rule as zeptomailToken } from './mail/zeptomail-token.ts';

/** In order of id. */
export const MAIL: readonly SecretRule[] = [
  ahasendKey,
  brevoApiKey,
  brevoSmtpKey,
  courierApiKey,
  customerioApiKey,
  elasticEmailApiKey,
  gcNotifyApiKey,
  hunterApiKey,
  instantlyApiKey,
  kitKey,
  klaviyoApiKey,
  loopsApiKey,
  mailSmtp2goApiKey,
  mailchimpApiKey,
  mailersendToken,
  mailgunApiKey,
  mailgunPrivateKey,
  mailjetSecretKey,
  mailtrapToken,
  mandrillApiKey,
  messagebirdApiKey,
  novuApiKey,
  nylasApiKey,
  onesignalApiKey,
  onesignalRestKey,
  plivoAuthToken,
  postmarkToken,
  resendApiKey,
  resendClientKey,
  sendgridApiKey,
  signalwireToken,
  sparkpostApiKey,
  telnyxApiKey,
  vonageApiSecret,
  zeptomailToken,
];
