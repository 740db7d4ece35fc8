/** Private keys in all their forms. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as agePostQuantumKey } from './keys/age-post-quantum-key.ts';
import { rule as ageSecretKey } from './keys/age-secret-key.ts';
import { rule as aptosPrivateKey } from './keys/aptos-private-key.ts';
import { rule as biscuitPrivateKey } from './keys/biscuit-private-key.ts';
import { rule as bitcoinExtendedKey } from './keys/bitcoin-extended-key.ts';
import { rule as cardanoPrivateKey } from './keys/cardano-private-key.ts';
import { rule as dnssecPrivateKey } from './keys/dnssec-private-key.ts';
import { rule as eosPrivateKey } from './keys/eos-private-key.ts';
import { rule as ethereumKeystore } from './keys/ethereum-keystore.ts';
import { rule as ethereumPrivateKey } from './keys/ethereum-private-key.ts';
import { rule as jwkPrivateKey } from './keys/jwk-private-key.ts';
import { rule as minisignSecretKey } from './keys/minisign-secret-key.ts';
import { rule as mnemonicPhrase } from './keys/mnemonic-phrase.ts';
import { rule as natsBareSeed } from './keys/nats-bare-seed.ts';
import { rule as natsSeed } from './keys/nats-seed.ts';
import { rule as nearPrivateKey } from './keys/near-private-key.ts';
import { rule as nostrSecretKey } from './keys/nostr-secret-key.ts';
import { rule as paserkKey } from './keys/paserk-key.ts';
import { rule as pkcs12Store } from './keys/pkcs12-store.ts';
import { rule as puttyPrivateKey } from './keys/putty-private-key.ts';
import { rule as rsaKeyValue } from './keys/rsa-key-value.ts';
import { rule as secshPrivateKey } from './keys/secsh-private-key.ts';
import { rule as signifySecretKey } from './keys/signify-secret-key.ts';
import { rule as suiPrivateKey } from './keys/sui-private-key.ts';
import { rule as tezosPrivateKey } from './keys/tezos-private-key.ts';
import { rule as tinkKeyset } from './keys/tink-keyset.ts';
import { rule as torOnionKey } from './keys/tor-onion-key.ts';
import { rule as unframedPrivateKey } from './keys/unframed-private-key.ts';
import { rule as vapidPrivateKey } from './keys/vapid-private-key.ts';
import { rule as wireguardPrivateKey } from './keys/wireguard-private-key.ts';
import { rule as zcashSpendingKey } from './keys/zcash-spending-key.ts';

/** In order of id. */
export const KEYS: readonly SecretRule[] = [
  agePostQuantumKey,
  ageSecretKey,
  aptosPrivateKey,
  biscuitPrivateKey,
  bitcoinExtendedKey,
  cardanoPrivateKey,
  dnssecPrivateKey,
  eosPrivateKey,
  ethereumKeystore,
  ethereumPrivateKey,
  jwkPrivateKey,
  minisignSecretKey,
  mnemonicPhrase,
  natsBareSeed,
  natsSeed,
  nearPrivateKey,
  nostrSecretKey,
  paserkKey,
  pkcs12Store,
  puttyPrivateKey,
  rsaKeyValue,
  secshPrivateKey,
  signifySecretKey,
  suiPrivateKey,
  tezosPrivateKey,
  tinkKeyset,
  torOnionKey,
  unframedPrivateKey,
  vapidPrivateKey,
  wireguardPrivateKey,
  zcashSpendingKey,
];
