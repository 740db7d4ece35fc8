import { looksDrawn } from '../../look-alikes/randomness.ts';
import { PLACEHOLDER } from '../answers.ts';
import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'teams-webhook',
  family: 'chat',
  title: 'Microsoft Teams webhook',
  version: 7,
  about: 'Addresses of Microsoft Teams webhooks, also those that its connector for Jenkins makes',
  head: [run('dashed', 36), '@', run('dashed', 36)],
  infix: ['/IncomingWebhook/', '/JenkinsCI/'],
  tail: [run('alnum', 32), '/', run('alnum', 8), '-', run('dashed', 20, 40)],
  judge: (token) =>
    // Microsoft draws hexadecimal digits
    looksDrawn(token.split('/')[2] ?? '', 62)
      ? { confidence: 'plausible', reason: 'it has the form of a webhook' }
      : PLACEHOLDER,
});
