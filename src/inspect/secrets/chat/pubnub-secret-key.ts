import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pubnub-secret-key',
  family: 'chat',
  title: 'PubNub secret key',
  about: 'Secret keys of PubNub (`sec-c-`); those that publish and subscribe are public',
  forms: [['sec-c-', run('alnum', 48)]],
});
