import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'rails-master-key-file',
  about: 'Master keys of Rails, which open its encrypted credentials',
  files: /(?:^|\/)config\/(?:master\.key|credentials\/[a-z]{1,40}\.key)$/,
  what: 'a master key',
  value: /^(?<value>[0-9a-f]{32}|[A-Za-z0-9+/]{16,64})\s{0,4}$/gm,
  example: { path: 'gem/config/master.key', text: (value) => `${value}\n` },
  sample: ['8f3a1c9e', '7b52d604', 'e1f98c3a', '50b7d246'].join(''),
});
