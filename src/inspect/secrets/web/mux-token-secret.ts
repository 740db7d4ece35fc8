import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mux-token-secret',
  family: 'web',
  title: 'Mux token secret',
  about: 'Token secrets of Mux next to the name',
  names: ['mux_access', 'muxAccess', 'mux_token', 'muxToken', 'mux_secret', 'muxSecret'],
  form: [run('base64', 75)],
});
