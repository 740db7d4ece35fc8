/**
 * Files that hold private keys under a password, told by their bytes: key stores of Java, PKCS#12
 * (RFC 7292), databases of KeePass, and encrypted PKCS#8 (RFC 5958 section 3) in DER.
 */

import { DER, isOneElement } from '../../formats/der.ts';

/** What a file is, as a noun; null for what is none of these, or holds certificates alone. */
export function describeKeyStore(bytes: Buffer): string | null {
  switch (bytes[0]) {
    case DER.sequence:
      return describeDer(bytes);
    case 0xfe:
    case 0xce:
      return describeJavaStore(bytes);
    case 0x03:
      return isKeePass(bytes) ? 'a database of KeePass' : null;
    default:
      return null;
  }
}

/** Bytes that the head of either form takes. */
const HEAD_BYTES = 32;
/** The begin of a sequence in hexadecimal digits: of any length, of none with the indefinite one. */
const SEQUENCE = '30(?:80|81..|82.{4}|83.{6}|84.{8}|[0-7].)';
/** Version 3, and content of type data or signed data. */
const PKCS12 = new RegExp(`^${SEQUENCE}020103${SEQUENCE}06092a864886f70d01070[12]`);
/** PBES2, schemes of PKCS#5 before it, and those of PKCS#12. */
const ENCRYPTED_PKCS8 = new RegExp(
  `^${SEQUENCE}${SEQUENCE}06(?:092a864886f70d01050[1346abd]|0a2a864886f70d010c010[1-6])`,
);
/** keyBag and pkcs8ShroudedKeyBag, without their last byte (RFC 7292 appendix D). */
const KEY_BAG = Buffer.from('060b2a864886f70d010c0a01', 'hex');

function describeDer(bytes: Buffer): string | null {
  const head = bytes.toString('hex', 0, HEAD_BYTES);
  if (PKCS12.test(head)) return holdsKeyBag(bytes) ? 'a PKCS#12 store with a private key' : null;
  return ENCRYPTED_PKCS8.test(head) && isOneElement(bytes)
    ? 'an encrypted private key in PKCS#8'
    : null;
}

/** Bags of keys stand in the clear, what is in them does not. */
function holdsKeyBag(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(KEY_BAG); at !== -1; at = bytes.indexOf(KEY_BAG, at + 1)) {
    const last = bytes[at + KEY_BAG.length];
    if (last === 1 || last === 2) return true;
  }
  return false;
}

/** Magic numbers of JKS and JCEKS, as `JavaKeyStore` and `JceKeyStore` of OpenJDK write them. */
const JAVA_STORES: Readonly<Record<number, string>> = { 4277010157: 'JKS', 3469659854: 'JCEKS' };
const CERTIFICATE_ENTRY = 2;
const KEY_ENTRIES = [1, 3];

/** A store of certificates alone has nothing to hide: its entries are passed over one by one. */
function describeJavaStore(bytes: Buffer): string | null {
  const name = bytes.length < 12 ? undefined : JAVA_STORES[bytes.readUInt32BE(0)];
  if (name === undefined) return null;
  const version = bytes.readUInt32BE(4);
  if (version !== 1 && version !== 2) return null;
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0 && at + 4 <= bytes.length; left -= 1) {
    const tag = bytes.readUInt32BE(at);
    if (KEY_ENTRIES.includes(tag)) return `a key store of Java (${name}) with a private key`;
    if (tag !== CERTIFICATE_ENTRY) return null;
    at = endOfCertificate(bytes, at + 4, version);
  }
  return null;
}

/** Behind the alias, eight bytes of time, the kind of certificate and the certificate. */
function endOfCertificate(bytes: Buffer, start: number, version: 1 | 2): number {
  const endOfText = (at: number) =>
    at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : bytes.length;
  const time = endOfText(start) + 8;
  const size = version === 2 ? endOfText(time) : time;
  return size + 4 <= bytes.length ? size + 4 + bytes.readUInt32BE(size) : bytes.length;
}

/** Signatures of KeePass 1 and 2, the second before and after its release. */
function isKeePass(bytes: Buffer): boolean {
  return /^03d9a29a6[567]fb4bb5$/.test(bytes.toString('hex', 0, 8));
}
