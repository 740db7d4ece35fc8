import { defineToken } from '../define.ts';
import { type Part, run } from '../token-form.ts';

const HOST = 'environment.api.powerplatform.com:443/powerautomate/automations/direct/';
const REST: readonly Part[] = [
  run('hex', 32),
  ['/triggers/manual/paths/invoke?', '/triggers/manual/paths/invoke/?'],
  'api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=',
  run('base64Url', 43),
];

export const rule = defineToken({
  id: 'teams-automate-webhook',
  family: 'chat',
  title: 'Power Automate address',
  about: 'Signed addresses that start a flow of Power Automate, such as a message in Teams',
  forms: [
    [HOST, 'workflows/', ...REST],
    [HOST, 'cu/', run('digit', 1, 3), '/workflows/', ...REST],
  ],
});
