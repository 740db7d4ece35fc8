import { isCode } from '../file-kind.ts';
import { fileExample } from '../packed-file.ts';
import type { EntryRule } from '../rule.ts';

const WALLET =
  /\bwindow\.ethereum\b|\bethereum\.request\b|\bsolana\.sign|\beth_sendTransaction\b|\bsignAndSendTransaction\b/;
const HOOKS_NETWORK =
  /XMLHttpRequest\.prototype(?:\.|\[["'])(?:open|send)["'\]]*\s*=[^=]|(?:window|global(?:This)?|self)\.fetch\s*=[^=]/;
const HOOKS_WALLET =
  /\bethereum\.(?:request|send|sendAsync)\s*=[^=]|defineProperty\(\s*(?:window\.)?ethereum\s*,\s*["']request["']/;

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
  *check({ path, kind, content }) {
    if (kind !== 'file' || !isCode(path)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const text = bytes.toString('latin1');
    if (HOOKS_WALLET.test(text) && HOOKS_NETWORK.test(text)) {
      yield {
        message: 'it replaces the functions of the wallet and of the network',
        effect: 'reject',
      };
    } else if (HOOKS_WALLET.test(text)) {
      yield { message: 'it replaces a function of the wallet' };
    } else if (WALLET.test(text) && HOOKS_NETWORK.test(text)) {
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
