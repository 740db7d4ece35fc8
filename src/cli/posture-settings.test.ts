import { describe, expect, it } from 'vitest';
import { chooseForge, isSameOrigin } from './posture-settings.ts';

const token = ['ghs', 'notarealtoken'].join('_');

describe('chooseForge', () => {
  it('takes the repository from the git remote, and the token of its forge', () => {
    const chosen = chooseForge(
      { GITHUB_TOKEN: token, GITLAB_TOKEN: 'x' },
      null,
      'github.com/alice/aitbc',
    );
    expect(chosen).toMatchObject({ forge: 'github', repository: 'alice/aitbc', apiUrl: null });
    expect(typeof chosen === 'string' ? '' : chosen.token?.reveal()).toBe(token);
  });

  it('takes GitLab and its API as CI names them', () => {
    const env = {
      CI_API_V4_URL: 'https://git.example/api/v4',
      GITLAB_TOKEN: 'x',
      GITHUB_TOKEN: token,
    };
    const chosen = chooseForge(env, null, 'git.example/team/aitbc');
    expect(chosen).toMatchObject({ forge: 'gitlab', apiUrl: env.CI_API_V4_URL });
    expect(typeof chosen === 'string' ? '' : chosen.token?.reveal()).toBe('x');
  });

  it('sends no token to the public forge for a host that it does not know', () => {
    const chosen = chooseForge({ GITHUB_TOKEN: token }, null, 'git.example/alice/aitbc');
    expect(chosen).toContain('nobody says where the API of git.example is');
  });

  it('says that no repository is named', () => {
    expect(chooseForge({}, null, null)).toContain('no repository is named');
    expect(chooseForge({}, 'alice/aitbc', null)).toMatchObject({ repository: 'alice/aitbc' });
  });
});

describe('isSameOrigin', () => {
  it('takes no other host, port, scheme or user for the registry of the npm client', () => {
    const own = 'https://npm.example.com/';
    expect(isSameOrigin('https://npm.example.com/sub/', own)).toBe(true);
    const others = [
      'https://npm.example.com.evil.example/',
      'https://npm.example.com@evil.example/',
      'http://npm.example.com/',
      'https://npm.example.com:8443/',
      'nothing',
    ];
    for (const other of others) expect(isSameOrigin(other, own)).toBe(false);
    expect(isSameOrigin(null, null)).toBe(false);
    expect(isSameOrigin('nothing', 'nothing')).toBe(false);
  });
});
