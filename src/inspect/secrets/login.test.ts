import { expect, test } from 'vitest';
import type { SecretMatch } from '../rule.ts';
import { judgeLogin } from './login.ts';
import { SAMPLE_PASSWORD } from './sample-password.ts';

const MATCH: SecretMatch = {
  text: '',
  groups: {},
  before: '',
  after: '',
  passage: () => ({ text: '', isWhole: true }),
};

test.each([
  ['db7.q4zk.io', 'it holds a password for a named host'],
  ['db.example.com:5432', 'it holds a password for a named host'],
  [undefined, 'it holds a password that reads like no word'],
])('a drawn password for the host %s is plausible, and no host is made up', (host, reason) => {
  const login = { user: 'app', password: SAMPLE_PASSWORD, host };
  expect(judgeLogin(MATCH, login)).toEqual({ confidence: 'plausible', reason });
  // the groups of a match stand for it
  expect(judgeLogin({ ...MATCH, groups: login })).toEqual({ confidence: 'plausible', reason });
});

test.each([
  ['localhost:5432', SAMPLE_PASSWORD],
  ['127.0.0.1', SAMPLE_PASSWORD],
  ['db.domain.com', SAMPLE_PASSWORD],
  ['db.example.com', 'Summer-2024'],
])('at %s it is weak', (host, password) => {
  expect(judgeLogin(MATCH, { user: 'app', password, host })?.confidence).toBe('weak');
});

test('a word is weak without a host, and nothing near the reader', () => {
  const login = { user: 'app', password: 'changeme' };
  expect(judgeLogin(MATCH, login)?.confidence).toBe('weak');
  expect(judgeLogin(MATCH, { ...login, host: 'localhost' })).toBeNull();
});

test('variables are nothing, as a password or as a host', () => {
  expect(judgeLogin(MATCH, { user: 'app', password: '$' + '{PASSWORD}' })).toBeNull();
  expect(judgeLogin(MATCH, { password: SAMPLE_PASSWORD, host: '$' + '{HOST}' })).toBeNull();
});

test('the token that GitHub takes as a user is judged in place of the password', () => {
  const token = SAMPLE_PASSWORD.repeat(2);
  const login = { user: token, password: 'x-oauth-basic' };
  for (const host of [undefined, 'git.q4zk.io']) {
    expect(judgeLogin(MATCH, { ...login, host })?.confidence).toBe('plausible');
  }
  expect(judgeLogin(MATCH, { ...login, user: 'app' })).toBeNull();
});
