import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'signalfx-token',
  family: 'observability',
  title: 'Splunk Observability token',
  about: 'Access tokens of Splunk Observability, once SignalFx, next to its name',
  names: ['signalfx', 'sfx_'],
  form: [run('base64Url', 22)],
});
