import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../core/errors.ts';
import { systemClock, systemRandomness } from './clock.ts';
import { createLog, errorFields } from './logging.ts';
import { readSecretFile, readSecretVariable, Secret } from './secret.ts';

const token = ['npm', 'x'.repeat(36)].join('_');

function record(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog({ process: 'serve', destination: { write: (line) => void lines.push(line) } }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('secret', () => {
  test('prints as [secret] in every form', () => {
    const secret = new Secret(token);
    const forms = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      JSON.stringify(Object.entries(secret)),
      JSON.stringify(structuredClone({ ...secret })),
    ];
    for (const form of forms) expect(form).not.toContain(token);
    expect(forms[0]).toBe('[secret]');
    expect(secret.reveal()).toBe(token);
  });

  test('is read from a private file or the environment, and from nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-secret-'));
    const path = join(folder, 'secret');
    await writeFile(path, `${token}\n`, { mode: 0o600 });
    expect((await readSecretFile(path)).reveal()).toBe(token);
    await writeFile(path, `${token}\n${token}\n`);
    await expect(readSecretFile(path)).rejects.toMatchObject({ code: 'config-invalid' });
    const open = join(folder, 'open');
    await writeFile(open, token, { mode: 0o644 });
    await expect(readSecretFile(open)).rejects.toThrow('expected mode 0600, found 0644');
    await rm(folder, { recursive: true });
    expect(readSecretVariable({ HOOK: token }, 'HOOK').reveal()).toBe(token);
    expect(() => readSecretVariable({}, 'HOOK')).toThrow('environment variable HOOK');
    expect(() => readSecretVariable({ HOOK: 'a\nb' }, 'HOOK')).toThrow('several lines');
  });
});

describe('log', () => {
  test('writes the event, the process and the fields', () => {
    expect(record((log) => log.info('release.sealed', { release: 'r1', files: 2 }))).toMatchObject({
      level: 'info',
      process: 'serve',
      event: 'release.sealed',
      release: 'r1',
      files: 2,
    });
  });

  test('hides credentials in texts, also at the place where a long text is cut', () => {
    for (const before of [0, 1490, 1499]) {
      const line = record((log) =>
        log.error('x.failed', { text: `${'y '.repeat(before / 2)} ${token}` }),
      );
      expect(JSON.stringify(line)).not.toContain(token.slice(0, 12));
    }
  });

  test('does not take text from outside as an event', () => {
    expect(() => record((log) => log.info(`Something ${token}`))).toThrow(TypeError);
  });

  test('an error is its code and message, a defect also where it was thrown', () => {
    const known = errorFields(new CountersignError('usage', 'expected a, found b'));
    expect(known).toEqual({ code: 'usage', message: 'expected a, found b' });
    const defect = errorFields(new TypeError('broken'));
    expect(defect).toMatchObject({ code: 'internal', cause: 'TypeError: broken' });
    expect(defect['stack']).toContain('logging.test');
    expect(errorFields(token)['message']).not.toContain(token);
  });
});

describe('clock', () => {
  test('tells time, waits, and stops waiting when it is told to', async () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const start = systemClock.monotonicMs();
    await systemClock.sleep(20);
    expect(systemClock.monotonicMs() - start).toBeGreaterThan(10);
    await expect(systemClock.sleep(60_000, AbortSignal.timeout(10))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(systemRandomness.bytes(32)).toHaveLength(32);
    expect(systemRandomness.bytes(32)).not.toEqual(systemRandomness.bytes(32));
  });
});
