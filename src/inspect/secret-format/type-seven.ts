/** Passwords as routers of Cisco keep them in type 7, which hides them from a glance and no more. */

/** The bytes that are added, which every router has: public since 1995. */
const KEY = 'dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87';

/** The password that `text` stands for: two digits of where the key begins, and pairs of hexadecimal digits. Null where it is none. */
export function decodeTypeSeven(text: string): string | null {
  if (!/^(?:0\d|1[0-5])(?:[0-9A-Fa-f]{2}){2,60}$/.test(text)) return null;
  const start = Number(text.slice(0, 2));
  const bytes = [...Buffer.from(text.slice(2), 'hex')];
  const plain = bytes
    .map((byte, at) => String.fromCharCode(byte ^ KEY.charCodeAt((start + at) % KEY.length)))
    .join('');
  return /^[\x20-\x7e]+$/.test(plain) ? plain : null;
}
