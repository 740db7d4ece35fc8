import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'elevenlabs-key',
  family: 'ai',
  title: 'ElevenLabs API key',
  about: 'API keys of ElevenLabs, by their name',
  names: ['elevenlabs', 'eleven_labs', 'eleven_api', 'elevenLabs', 'xi-api-key'],
  form: ['sk_', run('hex', 48)],
});
