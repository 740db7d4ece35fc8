import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'file-server-url',
  family: 'databases',
  title: 'file server address with password',
  about: 'Addresses of file servers with a password (`ftp`, `sftp`, `smb` and others)',
  schemes: ['ftps', 'sftp', 'ftp', 'ssh', 'smb', 'cifs', 'webdav', 'davs'],
});
