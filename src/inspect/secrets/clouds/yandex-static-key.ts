import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'yandex-static-key',
  family: 'clouds',
  title: 'Yandex Cloud static key',
  about: 'Static access keys of Yandex Cloud (`YC`), by their name',
  names: ['yandex'],
  form: ['YC', run('base64Url', 38)],
});
