import { defineToken } from '../define.ts';
import { ROUTABLE_FORMS, signRoutable } from '../gitlab-routable.ts';
import { type Part, run } from '../token-form.ts';

const PREFIX = 'glpat-';

export const rule = defineToken({
  id: 'gitlab-personal-token',
  family: 'forges',
  title: 'GitLab personal access token',
  about:
    'Personal, project and group access tokens of GitLab (`glpat-`), in their newer form with length and checksum',
  forms: [
    ...ROUTABLE_FORMS.map((form): readonly [string, ...Part[]] => [PREFIX, ...form]),
    [PREFIX, run('base64Url', 20)],
  ],
  sign: (token) => signRoutable(token, /^glpat-/),
});
