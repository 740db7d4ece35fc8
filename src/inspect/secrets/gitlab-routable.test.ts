import { describe, expect, it } from 'vitest';
import { crc32Base36 } from '../secret-format/token-checksum.ts';
import { rule as personal } from './forges/gitlab-personal-token.ts';
import { signRoutable } from './gitlab-routable.ts';

const PREFIX = 'glpat-';
const PAYLOAD = Buffer.from('o:1\nu:2\n0123456789abcdef\x10').toString('base64url');

describe('a routable token of GitLab', () => {
  it('carries the length of its payload and the checksum of all before it', () => {
    const body = `${PREFIX}${PAYLOAD}.01.${PAYLOAD.length.toString(36).padStart(2, '0')}`;
    const token = body + crc32Base36(body);
    expect(signRoutable(token, /^glpat-/)).toBe(token);
    expect(signRoutable(`${PREFIX}${PAYLOAD}.01.000000000`, /^glpat-/)).toBe(token);
  });

  it('is refused when payload, length or checksum differ', () => {
    const token = signRoutable(`${PREFIX}${PAYLOAD}.01.000000000`, /^glpat-/) ?? '';
    for (const at of [8, token.length - 8, token.length - 1]) {
      const other = token[at] === 'a' ? 'b' : 'a';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(signRoutable(changed, /^glpat-/)).not.toBe(changed);
    }
  });

  it('is not of the older form, which has no dot', () => {
    expect(signRoutable(`${PREFIX}${'a'.repeat(20)}`, /^glpat-/)).toBeNull();
  });

  it('is matched whole, in both of its forms and the older one', () => {
    const lengths = personal.examples.bad.map(({ make }) => {
      const text = make();
      personal.pattern.lastIndex = 0;
      return personal.pattern.exec(text.slice(text.indexOf(PREFIX)))?.[0].length;
    });
    expect(lengths).toEqual([6 + 27 + 4 + 9, 6 + 27 + 1 + 9, 26]);
  });
});
