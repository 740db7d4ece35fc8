import { describe, expect, it } from 'vitest';
import { decodeTypeSeven } from './type-seven.ts';

describe('a password of type 7', () => {
  it('is read as routers read it', () => {
    expect(decodeTypeSeven(['070C', '285F', '4D06'].join(''))).toBe('cisco');
    expect(decodeTypeSeven(['0822', '455D', '0A16'].join(''))).toBe('cisco');
    expect(decodeTypeSeven(['0822', '455d', '0a16'].join(''))).toBe('cisco');
  });

  it('is none where it does not begin in the key, has half a byte, or spells nothing', () => {
    expect(decodeTypeSeven('1622455D0A16')).toBeNull();
    expect(decodeTypeSeven('0822455D0A1')).toBeNull();
    expect(decodeTypeSeven('00FFFFFFFF')).toBeNull();
    expect(decodeTypeSeven('cisco')).toBeNull();
    expect(decodeTypeSeven('')).toBeNull();
  });
});
