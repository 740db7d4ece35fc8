import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cocoapods-trunk-token',
  family: 'registries',
  title: 'CocoaPods trunk token',
  about: 'Session tokens of CocoaPods trunk, by their name',
  names: ['cocoapods_trunk'],
  form: [run('hex', 32)],
});
