import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'jfrog-reference-token',
  family: 'registries',
  title: 'JFrog reference token',
  about: 'Reference tokens of JFrog Artifactory (the base64 of `reftkn:`), whose structure is read',
  forms: [['cmVmdGtu', run('alnum', 56)]],
  complete: () =>
    Buffer.from(`reftkn:01:1790000000:${'qW3eR5tY7uI9oP1aS2dF4gH6jK8'}`).toString('base64'),
  judge: (token) =>
    /^reftkn:\d\d:\d{10}:[A-Za-z0-9]+$/.test(decodeBase64Loosely(token)?.toString('latin1') ?? '')
      ? { confidence: 'proven', reason: 'it holds a version, a time and a secret' }
      : { confidence: 'plausible', reason: 'it starts as a reference token' },
});
