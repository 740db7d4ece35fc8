import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'kubeconfig-credential',
  about: 'Client keys and tokens in configurations of kubectl',
  files: /(?:^|\/)(?:\.kube\/config|kubeconfig(?:\.ya?ml)?|[^/]{1,100}\.kubeconfig)$/,
  what: 'a client key or token of a cluster',
  value:
    /^[ \t]{0,40}(?:- )?(?:client-key-data|token|password|id-token|refresh-token)[ \t]{0,8}:[ \t]{0,8}["']?(?<value>[^\s"'#]{8,8000})/gm,
  example: {
    path: 'package/.kube/config',
    text: (value) => `users:\n- name: ci\n  user:\n    token: ${value}\n`,
  },
});
