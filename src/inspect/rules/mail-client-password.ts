import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'mail-client-password',
  about:
    'Passwords in files of programs for mail: `.msmtprc`, `.fetchmailrc`, `.mbsyncrc`, `.muttrc`, `.mailrc`, `.offlineimaprc`',
  files:
    /(?:^|\/)\.?(?:msmtprc|mpoprc|fetchmailrc|mbsyncrc|isyncrc|getmailrc|muttrc|neomuttrc|mailrc|offlineimaprc)$/,
  what: 'a password of a mailbox',
  value:
    /^(?![ \t]{0,20}#)[^\n#]{0,200}?(?<![\w`-])(?:pass(?:word)?|remotepass|(?:imap|pop|smtp)_pass|smtp-auth-password)(?:[ \t]{0,8}=[ \t]{0,8}|[ \t]{1,8})["']?(?!is\b)(?<value>[^\s"'`$]{4,300})/gim,
  example: {
    path: 'package/.msmtprc',
    text: (value) => `account a\nhost smtp.q4zk.io\nuser bob\npassword ${value}\n`,
  },
});
