import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'url-with-password',
  family: 'generic',
  title: 'web address with password',
  about:
    'Addresses with user and password (`https://user:password@host`) or a token, of any server or repository',
  hasTokens: true,
  schemes: [
    'https',
    'http',
    'git+https',
    'git+http',
    'wss',
    'ws',
    'socks5',
    'socks5h',
    'rtsp',
    'vnc',
    'rdp',
  ],
});
