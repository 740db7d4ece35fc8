import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'influxdb-token',
  family: 'databases',
  title: 'InfluxDB token',
  about: 'API tokens of InfluxDB next to its name',
  names: ['influx'],
  form: [run('base64Url', 86), '=='],
});
