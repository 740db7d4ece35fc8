import { isOfTests } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryRule } from '../rule.ts';
import { describeKeyStore } from '../secret-format/key-store.ts';

export const rule: EntryRule = {
  kind: 'entry',
  id: 'key-store',
  version: 2,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'Files that hold private keys under a password, by their bytes, whatever they are called: JKS and JCEKS, PKCS#12, KeePass, encrypted PKCS#8; and what is called a store of keys (`*.p12`, `*.pfx`, `*.jks`, `*.keystore`, `*.kdbx`), whatever it holds. Under another name stores of certificates alone are none; among the files of tests it is a note',
  attack:
    'Whoever installs the package tries passwords for as long as they like, and most stores have one that everybody knows, such as `changeit`',
  mend: 'Remove the store from the package and replace its keys wherever they are trusted; tests can make theirs when they run',
  *check({ path, kind, content }) {
    if (kind === 'directory') return;
    const what = describeKeyStore(Buffer.from(content.buffer, content.byteOffset, content.length));
    const message = what === null ? byName(path) : `it is ${what}, by its bytes`;
    if (message === null) return;
    yield isOfTests(path) ? { message, effect: 'note', severity: 'low' } : { message };
  },
  examples: {
    bad: [
      { about: 'a key store of Java', make: () => stored('feedfeed', 1) },
      { about: 'one with a secret key', make: () => stored('cececece', 3) },
      {
        about: 'a PKCS#12 store',
        make: () => binary(`3056020103${PKCS7_DATA}${KEY_BAG}02${'00'.repeat(40)}`),
      },
      {
        about: 'a PKCS#12 store as NSS writes it, of indefinite length',
        make: () => binary(`3080020103${PKCS7_DATA.replace('3040', '3080')}${KEY_BAG}02`),
      },
      {
        about: 'an encrypted private key',
        make: () => binary(`3014300d06092a864886f70d01050d30000403${'00'.repeat(3)}`),
      },
      {
        about: 'a store by its name, of which nothing else is known',
        make: () => fileExample('package/release.JKS', 'x'),
      },
      { about: 'a database of KeePass', make: () => binary('03d9a29a67fb4bb500000400') },
    ],
    noted: [
      {
        about: 'a key store that tests use',
        make: () => stored('feedfeed', 1, 'package/test/fixtures/server.bin'),
      },
      {
        about: 'a store by its name that tests use',
        make: () => fileExample('package/test/fixtures/server.p12', 'x'),
      },
    ],
    fine: [
      { about: 'a store of certificates', make: () => stored('feedfeed', 2) },
      {
        about: 'a PKCS#12 store of certificates',
        make: () => binary(`3056020103${PKCS7_DATA}${KEY_BAG}03${'00'.repeat(40)}`),
      },
      {
        about: 'a program that knows the magic number',
        make: () => fileExample('package/store.js', 'const MAGIC = 0xfeedfeed;'),
      },
      { about: 'a store that is cut', make: () => binary('feedfeed0000000200000001') },
    ],
  },
};

const STORE_NAME = /\.(?:p12|pfx|jks|keystore|kdbx)$/;

/** What is said of a file that is called a store of keys; null for others. */
function byName(path: string): string | null {
  const [ending] = STORE_NAME.exec(path.toLowerCase()) ?? [];
  return ending === undefined ? null : `*${ending}, a store of private keys, is packed`;
}

const PKCS7_DATA = '304006092a864886f70d010701';
const KEY_BAG = '060b2a864886f70d010c0a01';

function binary(hex: string, path = 'package/data.bin') {
  return fileExample(path, Buffer.from(hex, 'hex').toString('latin1'));
}

/** A store of Java that begins with a certificate, and has an entry of this kind behind it. */
function stored(magic: string, tag: number, path?: string) {
  const certificate = `00000002${'000161'}${'00'.repeat(8)}${'0005582e353039'}${'00000002'}3000`;
  return binary(`${magic}0000000200000002${certificate}0000000${tag}000162`, path);
}
