import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'pip-conf-password',
  about: 'Passwords in index addresses of pip and uv',
  files: /(?:^|\/)(?:pip\.conf|pip\.ini|uv\.toml)$/,
  what: 'an index address with a password',
  value: /^[^#;\n]{0,200}?https?:\/\/[^\s:@/]{0,200}:(?<value>[^\s@/]{4,500})@/gm,
  example: {
    path: 'pkg/pip.conf',
    text: (value) => `[global]\nindex-url = https://app:${value}@q4zk.io/simple\n`,
  },
});
