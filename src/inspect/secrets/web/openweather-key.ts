import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'openweather-key',
  family: 'web',
  title: 'OpenWeather key',
  about: 'API keys of OpenWeather next to its name',
  names: ['openweather'],
  form: [run('hex', 32)],
  severity: 'low',
});
