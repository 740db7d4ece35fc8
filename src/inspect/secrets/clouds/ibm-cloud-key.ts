import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ibm-cloud-key',
  family: 'clouds',
  title: 'IBM Cloud API key',
  about: 'API keys of IBM Cloud, by their name',
  names: ['ibm_cloud', 'ibmcloud', 'ibm_api', 'bluemix'],
  form: [run('base64Url', 44)],
});
