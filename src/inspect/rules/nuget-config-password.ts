import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'nuget-config-password',
  about: 'Passwords and keys in `NuGet.Config`',
  files: /(?:^|\/)nuget\.config$/,
  what: 'a package source password or key',
  value:
    /<add\s{1,8}key="(?:ClearTextPassword|Password|[^"]{0,200}apikey[^"]{0,50}|https?:[^"]{1,300})"\s{1,8}value="(?<value>(?!https?:)[^"\s]{4,500})"/gm,
  example: {
    path: 'package/NuGet.Config',
    text: (value) => `<add key="ClearTextPassword" value="${value}" />\n`,
  },
});
