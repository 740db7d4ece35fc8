import { looksGenerated } from '../../look-alikes/surprise.ts';
import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'gemfury-token',
  family: 'registries',
  title: 'Gemfury token',
  about: 'Deploy, push and full tokens of Gemfury in the addresses of its registries',
  head: [run('dashed', 16, 40)],
  infix: [
    '@repo.fury.io',
    '@push.fury.io',
    ...['pypi', 'npm', 'gem', 'nuget', 'maven'].map((kind) => `:@${kind}.fury.io`),
    ...['pypi', 'npm', 'gem', 'nuget', 'maven'].map((kind) => `@${kind}.fury.io`),
  ],
  tail: ['/', run('dashed', 5, 40)],
  judge: (token) =>
    looksGenerated(token.replace(/:?@.*$/, ''))
      ? { confidence: 'plausible', reason: 'it stands where the token does, and looks random' }
      : null,
});
