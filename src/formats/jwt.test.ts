import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../host/node-crypto.ts';
import { decodeJwt, JWT_MAX_LENGTH, readJwk } from './jwt.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function signed(algorithm: 'RS256' | 'ES256', header: object = {}) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const token = await new SignJWT({ iss: 'https://ci.example.com' })
    .setProtectedHeader({ alg: algorithm, ...header })
    .sign(privateKey);
  return { token, jwk: (await exportJWK(publicKey)) as Record<string, string> };
}

describe('tokens', () => {
  test.each(['RS256', 'ES256'] as const)(
    '%s verifies with its key and no other',
    async (algorithm) => {
      const { token, jwk } = await signed(algorithm);
      const other = (await signed(algorithm)).jwk;
      const jwt = decodeJwt(token);
      expect(jwt.claims).toEqual({ iss: 'https://ci.example.com' });
      const good = (key: Record<string, string>) =>
        nodeCrypto.verify(readJwk(key, jwt.algorithm), jwt.signed, jwt.signature);
      expect(await good(jwk)).toBe(true);
      expect(await good(other)).toBe(false);
      for (let at = 0; at < jwt.signed.length; at += 7) {
        const changed = jwt.signed.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(await nodeCrypto.verify(readJwk(jwk, jwt.algorithm), changed, jwt.signature)).toBe(
          false,
        );
      }
    },
  );

  test('a key of another kind than the algorithm is refused', async () => {
    const rsa = (await signed('RS256')).jwk;
    const ec = (await signed('ES256')).jwk;
    expect(() => readJwk(rsa, 'ES256')).toThrow('whose kty is EC');
    expect(() => readJwk(ec, 'RS256')).toThrow('whose kty is RSA');
    expect(() => readJwk({ ...ec, crv: 'P-384' }, 'ES256')).toThrow('whose crv is P-256');
    expect(() => readJwk({ ...ec, x: 'AA' }, 'ES256')).toThrow('a point of P-256');
    expect(() => readJwk({ kty: 'RSA', e: 'AQAB' }, 'RS256')).toThrow('expected n in the key');
  });

  test('no algorithm but the two is taken, least of all the ones that need no secret key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const claims = part({ iss: 'x' });
    const hs256 = `${part({ alg: 'HS256' })}.${claims}`;
    // the old trick: the public key as the secret of an HMAC
    const mac = createHmac('sha256', pem).update(hs256).digest('base64url');
    for (const token of [
      `${part({ alg: 'none' })}.${claims}.`,
      `${part({ alg: 'None' })}.${claims}.AAAA`,
      `${hs256}.${mac}`,
      `${part({ alg: 'RS512' })}.${claims}.AAAA`,
      `${part({})}.${claims}.AAAA`,
    ]) {
      expect(() => decodeJwt(token)).toThrow('expected algorithm RS256 or ES256');
    }
  });

  test('critical headers, doubled claims and other forms are refused', () => {
    const header = part({ alg: 'RS256' });
    const twice = Buffer.from('{"iss":"a","iss":"b"}').toString('base64url');
    for (const [token, why] of [
      [`${part({ alg: 'RS256', crit: ['b64'], b64: false })}.${part({})}.AAAA`, 'critical header'],
      [`${header}.${twice}.AAAA`, 'twice'],
      [`${header}.${part({ iss: 'x' })}`, 'three parts'],
      [`${header}.${part({ iss: 'x' })}.AAAA.AAAA`, 'three parts'],
      [`${header}.${part({ iss: 'x' })}.AA==`, 'not canonical base64url'],
      [`${header}.${part(['x'])}.AAAA`, 'claims of the token'],
      [`${header}.${part({ iss: 'x'.repeat(JWT_MAX_LENGTH) })}.AAAA`, 'three parts'],
      ['', 'three parts'],
    ] as const) {
      expect(() => decodeJwt(token), token.slice(0, 60)).toThrow(why);
    }
  });
});
