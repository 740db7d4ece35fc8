import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** https://learn.microsoft.com/en-us/azure/data-factory/create-self-hosted-integration-runtime */
export const rule = defineToken({
  id: 'azure-data-factory-key',
  family: 'clouds',
  title: 'Azure Data Factory key',
  about: 'Keys with which a machine joins an integration runtime of Azure Data Factory (`IR@`)',
  forms: [
    [
      'IR@',
      run('lowerDigit', 8),
      '-',
      run('dashed', 27),
      '@',
      run('dotted', 3, 63),
      '@',
      run('dashed', 2, 40),
      '@',
      run('base64', 43),
      '=',
    ],
  ],
});
