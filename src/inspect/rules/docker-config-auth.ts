import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'docker-config-auth',
  about: 'Registry logins in `config.json` of Docker',
  files:
    /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.dockerconfigjson|docker-config\.json|containers\/auth\.json)$/,
  what: 'a registry login',
  value: /"(?:auth|identitytoken|registrytoken)"\s{0,8}:\s{0,8}"(?<value>[^"\s]{8,4000})"/gm,
  example: {
    path: 'package/.docker/config.json',
    text: (value) => `{"auths":{"q4zk.io":{"auth":"${value}"}}}`,
  },
});
