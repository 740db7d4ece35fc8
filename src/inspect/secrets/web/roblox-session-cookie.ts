import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'roblox-session-cookie',
  family: 'web',
  title: 'Roblox session cookie',
  about: 'Cookies that log in to Roblox, which warn of themselves',
  forms: [
    [
      '_|WARNING:-DO-NOT-SHARE-THIS.--Sharing-this-will-allow-someone-to-log-in-as-you-and-to-steal-your-ROBUX-and-items.|_',
      run('anyHex', 200, 1600),
    ],
  ],
});
