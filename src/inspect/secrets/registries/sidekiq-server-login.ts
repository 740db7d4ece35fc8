import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sidekiq-server-login',
  family: 'registries',
  title: 'Sidekiq credentials',
  about: 'Credentials of the package server of Sidekiq, as Bundler keeps them',
  names: ['BUNDLE_ENTERPRISE__CONTRIBSYS__COM', 'BUNDLE_GEMS__CONTRIBSYS__COM'],
  form: [run('hex', 8), ':', run('hex', 8)],
});
