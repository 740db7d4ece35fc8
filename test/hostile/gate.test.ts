/** The same through the gate's inspector: hostile things inside of a package that is none. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import {
  DEFAULT_INSPECTION_LIMITS,
  type InspectionLimits,
} from '../../src/core/inspection-limits.ts';
import { isSha256 } from '../../src/core/names.ts';
import { createThreadInspector } from '../../src/host/inspector.ts';
import { sampleRelease } from '../../src/inspect/samples/sample-release.ts';
import { makeTar } from '../../testdata/archives.ts';
import { BOMBS } from '../../testdata/hostile/bombs.ts';
import { LIARS } from '../../testdata/hostile/liars.ts';
import { hasProgram, requireTool } from '../tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A package called so, which is sound itself, with `content` in it. */
async function subjectOf(name: string, content: Uint8Array) {
  const file = `${name}-1.2.3.tgz`;
  const packageJson = JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
  const tar = await makeTar([
    { path: 'package/package.json', content: packageJson },
    { path: 'package/inner', content },
  ]);
  // not compressed, so that the ratio is that of what lies inside
  const bytes = gzipSync(tar, { level: 0 });
  const location = join(folder, file);
  writeFileSync(location, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!isSha256(sha256)) throw new Error('a digest is 64 digits');
  const about = { ecosystem: 'npm', package: name, version: '1.2.3', kind: 'tarball' } as const;
  return { ...about, file, sha256, sizeBytes: bytes.length, location };
}

/** With a policy that allows `seconds`. */
async function inspect(
  subjects: readonly Awaited<ReturnType<typeof subjectOf>>[],
  limits: Partial<InspectionLimits> = {},
) {
  const { inputs, policy } = sampleRelease();
  const inspector = createThreadInspector({ withinMs: 280_000, heapMegabytes: 1024 });
  const inspection = { ...DEFAULT_INSPECTION_LIMITS, ...limits };
  return (await inspector.inspect(inputs, { ...policy, inspection }, subjects, [])).report;
}

const has = (program: string) => requireTool(program, hasProgram(program));
const MISSING = [...(has('bzip2') ? [] : ['.bz2']), ...(has('xz') ? [] : ['.xz'])];
const LARGE = /million|pax-headers|implied|many-small|sixteen|zip-of-zips|1-gib-of-zeroes\.zip/;
const SAMPLES = [...BOMBS, ...LIARS].filter(
  ({ name }) => !LARGE.test(name) && !MISSING.some((ending) => name.endsWith(ending)),
);

test('what scan finds or cannot read, the gate does not let pass', {
  timeout: 300_000,
}, async () => {
  const harmless = { name: 'harmless', exit: 0, make: async () => Buffer.from('nothing\n') };
  const samples = [harmless, ...SAMPLES];
  const subjects = [];
  for (const [at, { make }] of samples.entries())
    subjects.push(await subjectOf(`p${at}`, await make()));
  const { artifacts, verdict } = await inspect(subjects);
  expect(['reject', 'indeterminate']).toContain(verdict);
  const reports = new Map(artifacts.map((one) => [one.path, one]));
  for (const [at, { name, exit }] of samples.entries()) {
    const report = reports.get(`p${at}-1.2.3.tgz`);
    const inside = (one: { path: string | null }) => one.path?.includes('!package/inner') ?? false;
    const isUnread = report?.unread.some(inside);
    const counts = report?.findings.some((one) => inside(one) && one.effect !== 'note');
    // one container deeper than in a scan
    const expected = exit === 0 && name !== 'nine-deep.gz' ? 0 : exit === 1 && counts ? 1 : 3;
    expect({ name, exit: counts ? 1 : isUnread ? 3 : 0 }).toEqual({ name, exit: expected });
    if (expected === 3) expect(report?.verdict).toMatch(/^(?:indeterminate|reject)$/);
    if (expected === 1) expect(report?.verdict).not.toBe('pass');
  }
});

test('a thread that is busy when its time is over is ended, and the next one works', async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 50);
  const busy = await subjectOf('busy', Buffer.alloc(200 * 1024 * 1024, 'password = '));
  const began = performance.now();
  const report = await inspect([busy], { seconds: 1 });
  const tookMs = performance.now() - began;
  clearInterval(timer);
  expect(report.verdict).toBe('indeterminate');
  expect(report.artifacts[0]?.unread[0]?.reason).toBe(
    'inspection took longer than 1 seconds (limit: within)',
  );
  expect(tookMs).toBeLessThan(60_000);
  // this process went on meanwhile
  expect(ticks).toBeGreaterThan(3);
  const fine = await inspect([await subjectOf('fine', Buffer.from('nothing\n'))]);
  expect(fine.artifacts.map((one) => one.unread)).toEqual([[]]);
}, 300_000);

test('what is only compared with ends in a summary or a reason, and never in an error', {
  timeout: 300_000,
}, async () => {
  const { policy } = sampleRelease();
  const inspector = createThreadInspector({ withinMs: 30_000, heapMegabytes: 256 });
  const answers = new Map<string, string | null>();
  for (const { name, make } of BOMBS.filter((one) => SAMPLES.includes(one))) {
    const location = join(folder, 'compared');
    const bytes = await make();
    writeFileSync(location, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!isSha256(sha256)) throw new Error('a digest is 64 digits');
    const subject = { kind: 'tarball', file: name, sha256, location };
    const { summary, reason } = await inspector.summarize(policy, subject);
    expect(summary === null).toBe(reason !== null);
    answers.set(name, reason);
  }
  expect([...answers.values()].filter((one) => one !== null).length).toBeGreaterThan(3);

  const long = await subjectOf('long', Buffer.alloc(200 * 1024 * 1024, 'a'));
  const inspection = { ...DEFAULT_INSPECTION_LIMITS, seconds: 1 };
  expect(await inspector.summarize({ ...policy, inspection }, long)).toEqual({
    summary: null,
    reason: 'inspection took longer than 1 seconds (limit: within)',
  });
});
