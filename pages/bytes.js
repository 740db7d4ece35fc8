// Bytes and canonical texts, as the gateway and every verifier spell them.

export function toBase64(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function toBase64url(buffer) {
  return toBase64(new Uint8Array(buffer))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export function fromBase64url(text) {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export async function sha256Hex(bytes) {
  return [...(await sha256(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const encodeText = (text) => new TextEncoder().encode(text);

// RFC 8785 of what our documents hold: texts, whole numbers, lists, objects, null.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error('not a number');
  return JSON.stringify(value);
}

// What is signed of a statement (DSSE): its type and length stand in front of it.
export function preAuthenticationEncoding(payload) {
  const type = 'application/vnd.in-toto+json';
  const head = encodeText(`DSSEv1 ${type.length} ${type} ${payload.length} `);
  const whole = new Uint8Array(head.length + payload.length);
  whole.set(head);
  whole.set(payload, head.length);
  return whole;
}

export function equal(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

// The first eight bytes in groups, to be read out and compared with what a terminal shows.
export function groups(hex) {
  return hex.slice(0, 16).match(/.{4}/g).join(' ');
}
