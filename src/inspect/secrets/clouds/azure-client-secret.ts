import { defineInfixToken } from '../define.ts';
import { charactersOf, run } from '../token-form.ts';

/** Newer and older secrets, after any third character: keywords have four. */
const MARKS = ['8Q~', '7Q~'].flatMap((mark) =>
  charactersOf('secret').map((character) => character + mark),
);

export const rule = defineInfixToken({
  id: 'azure-client-secret',
  family: 'clouds',
  title: 'Microsoft Entra client secret',
  about:
    'Client secrets of applications in Microsoft Entra (`8Q~` or `7Q~` after three characters)',
  head: [run('secret', 2)],
  infix: MARKS,
  tail: [run('secret', 31, 34)],
});
