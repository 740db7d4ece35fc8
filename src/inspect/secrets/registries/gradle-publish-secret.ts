import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'gradle-publish-secret',
  family: 'registries',
  title: 'Gradle plugin portal secret',
  about: 'Publishing keys and secrets of the Gradle plugin portal, by their name',
  names: ['gradle.publish', 'gradle_publish'],
  form: [run('alnum', 32)],
});
