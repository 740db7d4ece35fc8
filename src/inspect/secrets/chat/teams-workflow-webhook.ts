import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'teams-workflow-webhook',
  family: 'chat',
  title: 'Power Automate webhook',
  about: 'Signed addresses that start flows of Microsoft Power Automate and Logic Apps',
  forms: [
    [
      ['logic.azure.com:443/workflows/', 'logic.azure.com/workflows/'],
      run('hex', 32),
      '/triggers/manual/paths/invoke?api-version=',
      ['2016-06-01', '2016-10-01', '2019-05-01'],
      '&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=',
      run('base64Url', 43),
    ],
  ],
});
