import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'expo-token',
  family: 'registries',
  title: 'Expo access token',
  about: 'Access tokens of Expo, by their name',
  names: ['expo_token', 'expo_access', 'expoToken'],
  form: [run('base64Url', 40)],
});
