import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'ftp-client-password',
  about: 'Passwords that FTP clients keep (FileZilla, WinSCP, editors)',
  files:
    /(?:^|\/)(?:sitemanager\.xml|recentservers\.xml|filezilla\.xml|winscp\.ini|\.?sftp(?:-config)?\.json|\.ftpconfig|\.remote-sync\.json|ftp-sync\.json)$/,
  what: 'a password of a server',
  value:
    /(?:<Pass(?: encoding="base64")?>|^Password=|"(?:password|passphrase)"\s{0,8}:\s{0,8}")(?<value>[^<"\s]{4,500})/gm,
  example: {
    path: 'package/.vscode/sftp.json',
    text: (value) => `{"host": "q4zk.io", "password": "${value}"}`,
  },
});
