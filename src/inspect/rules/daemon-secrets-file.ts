import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'daemon-secrets-file',
  about:
    'Passwords in the files that daemons keep them in: `chap-secrets`, `ipsec.secrets`, `rsyncd.secrets`, `davfs2/secrets`, `sasl_passwd`, `passwd.client`',
  files:
    /(?:^|\/)(?:chap-secrets|pap-secrets|ipsec\.secrets|rsyncd\.secrets|\.?davfs2\/secrets|sasl_passwd|passwd\.client)$/,
  what: 'a password of an account',
  value:
    /:[ \t]{0,8}(?:PSK|XAUTH|EAP)[ \t]{1,8}["'](?<value>[^\s"']{4,300})["']|^[^\s#:]{1,120}(?::\d{1,5})?[ \t]{1,8}[^\s#:]{1,120}:(?!pass(?:word)?$)(?<value>[^\s:]{4,300})$|^[^\s#:]{1,120}:(?:[^\s:]{1,120}:)?(?!pass(?:word)?$)(?<value>[^\s:]{4,300})$|^(?!:)[^\s#]{1,120}[ \t]{1,8}(?!:)[^\s#:]{1,120}[ \t]{1,8}["']?(?!XAUTH)(?<value>[^\s"':#]{4,300})/gm,
  example: { path: 'package/ppp/chap-secrets', text: (value) => `bob * "${value}" *\n` },
});
