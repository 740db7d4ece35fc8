import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'drone-token',
  family: 'forges',
  title: 'Drone CI token',
  about: 'Access tokens of Drone, by their name',
  names: ['drone_token', 'drone_ci', 'droneToken', 'droneci'],
  form: [run('alnum', 32)],
});
