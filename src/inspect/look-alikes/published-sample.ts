/** Values that those who issue or define them print in their own documentation, for all to see. */
import { createHash } from 'node:crypto';
import type { SecretAnswer, SecretMatch } from '../rule.ts';

/** The start of the SHA-256 of a sample, without padding and what is around its characters, and who
 * prints it. Digests, since no file of ours holds what looks like a secret. */
const SAMPLES: ReadonlyMap<string, string> = new Map([
  ['ed967197261c16a9ed0205f8a5099d81', 'the manual of the Azurite storage emulator'],
  ['eaa6a9190faf5587f487fe5170e377fa', 'the manual of the Azure Cosmos DB emulator'],
  ['b928d3b91895c9fe93fb66bfe2e6d78c', 'the manual of AWS KMS (external key stores)'],
  ['d95a591718eb908853f7b23185286ae0', 'the manual of AWS IoT (provisioning claims)'],
  ['86206a453c3f597011cba09b088e2239', "Cloudflare's reference (custom certificates)"],
  ['eddfc7b6d5cdcbf06699ad11952569c1', "Google Cloud's modules (certificates of load balancers)"],
  ['e478280aaaef5a155e2103fbee9b0db4', "Square's reference (ObtainToken)"],
  ['d9c3482af2ba6590401884b4e15dea6d', 'the manual of Cisco Meraki (a sandbox for all)'],
  ['5eb175d16f9e8b083d0356132d9125c6', 'the manual of Cisco Meraki (authorization)'],
  ['014ccba9fda1e0a8b2f13064883a9f57', 'the manual of AWS KMS (CreateGrant)'],
  ['f78cb28090f14625d60381b8abaf9bf4', 'the manual of AWS SES (VerifyDomainIdentity)'],
  ['e2d307c45e45011b10c573be60e02f92', 'the manual of AWS IAM (ChangePassword)'],
  ['6bcf47780694e5b6fe4412ebdb27bdc9', 'the manual of AWS IAM (ChangePassword)'],
  ['2cafc0970149a84f3b9e62eaf169f36f', "Stripe's reference"],
  ['f2d6ca16515033e5dce14eba840b979d', "Stripe's reference"],
  ['7e8de44ea9ecf6d53415c90f5b249a85', "Stripe's manual"],
  ['ac9265e56c79b234607ec72c53753cfe', "Google Cloud's manual (API keys)"],
  ['511c2249afed266eed3c303f0573cbd2', "Telegram's manual (bots)"],
  ['2545daca2e5a44f8724bc90bcda98252', "Telegram's manual (bots)"],
  ['9cab58b24140ee12c08e265729d246f9', "Socket's own client (a key for all)"],
  ['fe8df50b062b4a58667eab24edf9622f', "SendGrid's reference"],
  ['74e450d38c6f2118470adf3d273c06c9', "Discord's manual"],
  ['a3a9e1ed9732cab28868127be00f1ce9', "Wikipedia's article on UUIDs"],
  ['986c0dc956dc822b5d8f698661b9eb1e', "Wikipedia's article on UUIDs"],
  ['203fa897acf2b02d980fd281becea777', "Wikipedia's article on UUIDs"],
  ['30a5154b77ab8b2ddbe19f5e7af72f33', 'RFC 4122, 3'],
  ['f215faf9d88b7f0a881632ee22459ee4', 'the MD5 of nothing'],
  ['07e23ede2756aa3f5f7cc9759117c491', 'the SHA-1 of nothing'],
  ['cd372fb85148700fa88095e3492d3f9f', 'the SHA-256 of nothing'],
  ['d0720d84879472284611dc023d47fc39', 'OpenSSL (what its FIPS module is summed with)'],
  ['00cf4c781dc37003f7c7dd7d4c9a6ef1', 'RFC 6749'],
  ['8b1b17a9740c068accab5c3d0d652c8e', 'RFC 7515, A.1'],
  ['ecaa6793a6374193dea5b273e7948faf', 'RFC 7515, A.2'],
  ['5ccf2edb4f070f0b180f1adadb1be7c5', 'RFC 7515, A.3'],
  ['f8123081a22e5c009615a2458e0cdf15', 'RFC 7515, A.4'],
  ['dd663fe0ef531be224afc34d3a869b26', 'RFC 7516, A.1'],
  ['f05bc60099e0ea1ae228110ca033fe48', 'RFC 7516, A.2'],
  ['a45404ae333dd955dcff82cf28972e0f', 'RFC 7517, A.2'],
  ['2e4ff57e9c832edab47dcc5a7ba5ef54', 'RFC 7517, A.2'],
  ['57afc11665beb68de7ccd6df1b38453b', 'RFC 7517, A.3'],
  ['deeda324b508f83b25fa926ca22c0409', 'RFC 7517, C.1'],
  ['243cd6766dfc55feb19c57a662e8e712', 'RFC 7520, 3.2'],
  ['92a7d7ea52e43e7051a891902253e914', 'RFC 7520, 3.4'],
  ['0330b11998cbc9abd5a585e755cb5df2', 'RFC 7520, 3.5'],
  ['8f0d5d5f8ad386f971ee420446d99085', 'RFC 7520, 3.6'],
  ['e0fa8ed1bbd209fd0d266a04bddebfaa', 'RFC 7520, 5.1'],
  ['2677a14a465f8bf0f2f2f372f5870a09', 'RFC 7520, 5.2'],
  ['8580dd90707d8c5158d6cb777938febb', 'RFC 7520, 5.3'],
  ['c10838189a432c839e70d3cbe43c097c', 'RFC 7520, 5.3'],
  ['fde65288758ade656d00d03a11dee9d4', 'RFC 7520, 5.3'],
  ['44e6c89ad9f1cbaf6aeb4062c5f28388', 'RFC 7520, 5.4'],
  ['79bd8cb5ce94f16b65a975159d6546a3', 'RFC 7520, 5.5'],
  ['a3e673bd22caf5540930c2a055593368', 'RFC 7914, 12 (scrypt)'],
  ['107d8e14517fea08b2ed2bdd36fb7965', 'RFC 7914, 12 (scrypt)'],
  ['aaf17799c6c8b7c88866746f900e1d04', 'RFC 7914, 12 (scrypt)'],
  ['24ff34e0f8ed31097378324dfd64a119', 'RFC 7914, 12 (scrypt)'],
  ['190edf59d5736c3b3ea6bb36d57f5eb4', 'RFC 8037, A.1'],
  ['ea46b2a0849890bdb46de2c391203f24', 'RFC 8410, 10.3'],
  ['4ff96a60934849a7f7c7733f163824cc', 'RFC 8410, 10.3'],
  ...[
    'bc1a50966c9e6486bc4ebf880b51611a',
    '8335c55334821eefd4334369ff9c04a8',
    'b26ab6529d20ebebb4192256f2029847',
    '967f21586cdf1248a862f2cfb3300997',
    'f1513114f60e5e95732b840669fe8395',
    '4d3e46eec8244d1d106f866ee48994f6',
    'f070994a8599478580678f2b9482c5f0',
    'b08bdfde9930d9202809530dcbe193c5',
    '84bc109b3d59b0173a76fc3d831360a6',
    '64034b44c579b335ab5e85debbfe7278',
    'a2e06155cb1a424f972c3abfaddc9cea',
    '0aedba9d586f34f95cf1f0d54926f62e',
    '28e543d3753fc9d14c658ebef20b76a3',
    '85bde548053aab4b5a6c78473d5eb2ad',
    '5330d388af894c9e1a181a06a3ce44d6',
    '38e69fdd19aefeb4adf56312f10e62c3',
    'cf1fc66f853151a4c6666909c8f1f80e',
    '100546a8b020a55aa09b2d34b50de9a3',
    '4a67d7a0d8a16d6d954cef19eb5afdbd',
    '0b33e0132123e78d42dd12a0fbbbacd1',
  ].map((one) => [one, "Hardhat's manual (accounts of its own chain)"] as const),
  ['95e82a7ebb036b3c3b3c14120ed7ce5f', "web3.js's manual (accounts)"],
  ['62b63bc4ca11f81caea87cbe0cfc2d60', "web3.js's manual (accounts)"],
  ['d131bbcb8497c0afd02c0e2481fbdc0b', "Truffle's manual (accounts of its own chain)"],
  ['8be5d113c0871ce1a122d68a7dff940a', 'the key URI format of Google Authenticator'],
  ['86007eb367696d3202a93e1ef98e8e9e', "GitHub's reference (OAuth applications)"],
  ['9f42ff2470b140da075ae5016f49ff77', "Cloudflare's modules (mTLS certificates)"],
  ['2243ae4c730144699810edff877f309b', 'BIP 32, test vector 1'],
  ['c3e981f8e1c6a20142aac2ca0c23af92', 'BIP 32, test vector 1'],
  ['38f45b57d43a7400a44a426bf98d8718', 'BIP 32, test vector 1'],
  ['04a564938fd41d291aa042c0bcfd9867', 'BIP 32, test vector 1'],
  ['75754388723db8eccc4b581f484b5585', 'BIP 32, test vector 1'],
  ['ac17da3e11432de904272c5859b35477', 'BIP 32, test vector 1'],
  ['fa146b83df550394a57ed8f051862268', 'BIP 32, test vector 2'],
  ['bebe65f0e0569d6283a7b3677aa69e90', 'BIP 32, test vector 2'],
  ['c14aca8e6d6b82d19f4330f9d64ed5ef', 'BIP 32, test vector 2'],
  ['ed7bfe0ceae813bcc585635656507759', 'BIP 32, test vector 2'],
  ['00860ac6121289549cc36c62bb823c2b', 'BIP 32, test vector 2'],
  ['9d61c593824c392ca2b757ac4c9e1d1a', 'BIP 32, test vector 2'],
  ['9387af38d1038761f0ce6deb8dce56e1', "Mollie's reference"],
  ['1c10c19ae4e3dbc84e22df5defc4b1b3', "Plivo's reference (subaccounts)"],
]);

/** Shorter texts are no samples of anything. */
const LEAST_LENGTH = 12;
/** Ends of lines as they stand in strings of programs, and whatever is in no token and in base64 no bit. */
const AROUND = /\\[nrt]|[^A-Za-z0-9+/_-]/g;

/** Who prints `value` as a sample; null when nobody is known to. */
export function sampleSource(value: string): string | null {
  const bare = value.replace(AROUND, '').replace(/^0x/, '');
  if (bare.length < LEAST_LENGTH) return null;
  const digest = createHash('sha256').update(bare).digest('hex').slice(0, 32);
  return SAMPLES.get(digest) ?? null;
}

/** `answer`, or weak where the match, or a named part of it, is a published sample: a secret that
 * everyone knows opens nothing, however right its checksum is. */
export function unlessPublished(
  answer: SecretAnswer,
  { text, groups }: Pick<SecretMatch, 'text' | 'groups'>,
): SecretAnswer {
  if (answer.confidence === 'weak') return answer;
  for (const value of new Set([text, ...Object.values(groups)])) {
    const source = value === undefined ? null : sampleSource(value);
    if (source !== null) {
      return { confidence: 'weak', reason: `it is a sample that everyone knows, from ${source}` };
    }
  }
  return answer;
}
