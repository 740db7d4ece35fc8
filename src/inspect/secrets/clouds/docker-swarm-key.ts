import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'docker-swarm-key',
  family: 'clouds',
  title: 'Docker Swarm key',
  about: 'Join tokens and unlock keys of Docker Swarm (`SWMTKN-1-`, `SWMKEY-1-`)',
  forms: [
    ['SWMTKN-1-', run('lowerDigit', 50, 60), '-', run('lowerDigit', 24, 30)],
    ['SWMKEY-1-', run('base64', 40, 50)],
  ],
});
