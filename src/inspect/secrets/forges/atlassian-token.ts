import { crc32Hex } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'atlassian-token',
  family: 'forges',
  title: 'Atlassian API token',
  about:
    'API tokens of Atlassian and Bitbucket (`ATATT3`, `ATCTT3`), with their checksum; they open Jira, Confluence and repositories',
  forms: [[['ATATT3', 'ATCTT3'], run('urlPad', 178), run('HEX', 8)]],
  sign: (token) => token.slice(0, -8) + crc32Hex(token.slice(0, -8)).toUpperCase(),
});
