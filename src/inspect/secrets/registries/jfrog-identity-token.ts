import { readJwtPart } from '../../secret-format/jwt-part.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** The base64 of `{"ver":"2","typ":"JWT"`, with which these tokens alone begin. */
const HEADER = ['eyJ2ZXIiOiIyIiwi', 'dHlwIjoiSldUIi'].join('');

/** The rest of a header, without which the start is no JSON. */
const EXAMPLE_REST = Buffer.from('{"ver":"2","typ":"JWT","alg":"RS256"}')
  .toString('base64url')
  .slice(HEADER.length);

export const rule = defineToken({
  id: 'jfrog-identity-token',
  family: 'registries',
  title: 'JFrog identity token',
  about: 'Identity and access tokens of the JFrog platform: a JWT with a header of its own',
  forms: [
    [
      HEADER,
      run('base64Url', 20, 400),
      '.',
      run('base64Url', 40, 2000),
      '.',
      run('base64Url', 80, 700),
    ],
  ],
  complete: (sample) => `${HEADER}${EXAMPLE_REST}.${exampleBody()}.${sample.slice(-80)}`,
  judge(token) {
    const [header = '', payload = ''] = token.split('.');
    if (readJwtPart(header) === null)
      return { confidence: 'weak', reason: 'its header is no JSON' };
    const issuer = readJwtPart(payload)?.['iss'];
    return typeof issuer === 'string' && /^jf[a-z]{2}@/.test(issuer)
      ? { confidence: 'proven', reason: 'it is a JWT that the platform issued' }
      : { confidence: 'plausible', reason: 'it is a JWT with the header of the platform' };
  },
});

function exampleBody(): string {
  return Buffer.from(JSON.stringify({ iss: 'jfac@01example', sub: 'bob', scp: 'all' })).toString(
    'base64url',
  );
}
