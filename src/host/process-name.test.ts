import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nameProcess } from './process-name.ts';

const names = await nameProcess('worker', 'host');
const parts = names.own.split(';');
/** Our own name with one part replaced. */
const withPart = (index: number, part: string): string => parts.with(index, part).join(';');

test('a process is named by role, host and number, and is not gone', async () => {
  expect(names.own).toMatch(new RegExp(`^worker@host:${process.pid}(;|$)`));
  expect(await names.isGone(names.own)).toBe(false);
});

test.skipIf(!existsSync('/proc/self/stat'))('a process that was killed is gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const { pid } = child;
  const name = withPart(0, `worker@host:${pid}`);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  expect(await names.isGone(name)).toBe(true);
});

test.skipIf(!existsSync('/proc/self/stat'))(
  'a number that was used again does not keep its first holder alive',
  async () => {
    expect(await names.isGone(withPart(1, '1'))).toBe(true);
  },
);

test.each([
  ['another boot', withPart(3, '00000000-0000-0000-0000-000000000000')],
  ['another container', withPart(2, 'pid:[1]')],
  ['a name without them', 'worker@host:4194304'],
  ['nonsense', ';;;'],
])('of %s one cannot tell', async (_what, name) => {
  // no process has this number
  expect(await names.isGone(name.replace(/:\d+;/, ':4194304;'))).toBe(false);
});
