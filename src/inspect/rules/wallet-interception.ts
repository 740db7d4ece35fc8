import { isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryRule } from '../rule.ts';

/** What talks to a wallet; the first three by their words. */
const WALLET = /\bwindow\.ethereum\b|\bethereum\.request\b|\bsolana\.sign/;
const WALLET_CALLS = /\beth_sendTransaction\b|\bsignAndSendTransaction\b/;
const HOOKS_NETWORK =
  /XMLHttpRequest\.prototype(?:\.|\[["'])(?:open|send)["'\]]*\s*=[^=]|(?:window|global(?:This)?|self)\.fetch\s*=[^=]/;
const HOOKS_WALLET =
  /\bethereum\.(?:request|send|sendAsync)\s*=[^=]|defineProperty\(\s*(?:window\.)?ethereum\s*,\s*["']request["']/;
/** What follows the word where it may be part of HOOKS_WALLET; the rest may be far behind blanks. */
const MAY_HOOK = /^(?:\.(?:request|send|sendAsync)\s*(?:=(?!=)|$)|\s*(?:,|$))/;
const NETWORK = ['XMLHttpRequest.prototype', '.fetch'];
/** Characters around a word of which WALLET and MAY_HOOK know. */
const REACH = 32;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'wallet-interception',
  version: 2,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'Code that puts itself between a page and its wallet: it replaces what sends a transaction',
  attack:
    'Addresses of payments are exchanged on the way: chalk, debug + 16 (qix); duckdb (I28), @ledgerhq/connect-kit 1.1.5..1.1.7 (I12), @lottiefiles/lottie-player 2.0.5..2.0.7 (I14)',
  mend: 'Find out who put the code there; a wallet library acknowledges the finding',
  words: ['ethereum', 'solana'],
  everyWindow: true,
  *check({ path, kind, content }, _, __, placesOf) {
    if (kind !== 'file' || !isCode(path)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    // the words stand in libraries of a megabyte, and what is looked for in hardly any
    const ofEthereum = placesOf('ethereum');
    const mayHook = ofEthereum?.some((at) => MAY_HOOK.test(behind(bytes, at + 8))) ?? true;
    const hooksWallet = mayHook && HOOKS_WALLET.test(bytes.toString('latin1'));
    if (!hooksWallet && !talksToWallet(bytes, [ofEthereum, placesOf('solana')])) return;
    const hooksNetwork =
      NETWORK.some((word) => bytes.includes(word)) && HOOKS_NETWORK.test(bytes.toString('latin1'));
    if (hooksWallet && hooksNetwork) {
      yield {
        message: 'it replaces the functions of the wallet and of the network',
        effect: 'reject',
      };
    } else if (hooksWallet) {
      yield { message: 'it replaces a function of the wallet' };
    } else if (hooksNetwork) {
      yield { message: 'it talks to a wallet and replaces the functions of the network' };
    }
  },
  examples: {
    bad: [
      {
        about: 'both replaced',
        make: () => fileExample('package/a.js', 'window.ethereum.request = f; window.fetch = g;'),
      },
      {
        about: 'a request of the wallet replaced',
        make: () => fileExample('package/a.js', 'window.ethereum.request = async (a) => b(a);'),
      },
      {
        about: 'requests watched beside a wallet',
        make: () =>
          fileExample(
            'package/a.js',
            'if (window.ethereum) { XMLHttpRequest.prototype.open = function () {}; }',
          ),
      },
    ],
    fine: [
      {
        about: 'a call of the wallet',
        make: () => fileExample('package/a.js', 'await window.ethereum.request({ method: "m" })'),
      },
      {
        about: 'a polyfill of fetch',
        make: () => fileExample('package/a.js', 'if (!self.fetch) self.fetch = f;'),
      },
    ],
  },
};

/** Without the places of its words all of the text is looked at. */
function talksToWallet(bytes: Buffer, places: readonly (readonly number[] | null)[]): boolean {
  const isKnown = places.every((of) => of !== null);
  const isNear = (at: number) =>
    WALLET.test(bytes.toString('latin1', Math.max(0, at - REACH), at + REACH));
  if (isKnown ? places.flat().some(isNear) : WALLET.test(bytes.toString('latin1'))) return true;
  return WALLET_CALLS.test(bytes.toString('latin1'));
}

function behind(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + REACH);
}
