import { defineToken } from '../define.ts';
import { ROUTABLE_FORMS, signRoutable } from '../gitlab-routable.ts';
import { type Part, run } from '../token-form.ts';

const PREFIX = 'glrt-';

export const rule = defineToken({
  id: 'gitlab-runner-token',
  family: 'forges',
  title: 'GitLab runner token',
  about:
    'Authentication tokens of GitLab runners (`glrt-`), in their newer form with length and checksum; a runner gets the secrets of its jobs',
  forms: [
    ...ROUTABLE_FORMS.map((form): readonly [string, ...Part[]] => [
      PREFIX,
      't',
      run('digit', 1),
      '_',
      ...form,
    ]),
    [PREFIX, 't', run('digit', 1), '_', run('base64Url', 20)],
    [PREFIX, run('base64Url', 20)],
  ],
  sign: (token) => signRoutable(token, /^glrt-t\d_/),
});
