import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-encryption-key',
  family: 'generic',
  title: 'encryption key',
  about: 'Random values that are assigned to the name of a key that encrypts or signs',
  words: [
    'encryption_key',
    'signing_key',
    'crypto_key',
    'cipher_key',
    'aes_key',
    'hmac_key',
    'signature_key',
    'private_key',
  ],
});
