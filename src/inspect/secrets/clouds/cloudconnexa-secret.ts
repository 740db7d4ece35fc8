import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cloudconnexa-secret',
  family: 'clouds',
  title: 'CloudConnexa secret',
  about: 'Client secrets of CloudConnexa, once OpenVPN Cloud, next to the name',
  names: ['cloudconnexa', 'openvpn'],
  form: [run('base64Url', 80, 90)],
  also: /secret|token/i,
});
