import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../test/cli-fixture.ts';
import { createEvidence, type EvidenceFixture } from '../../test/evidence-fixture.ts';
import { buildTlogGo, requireGo, runTlogGo } from '../../test/interop/tlog-go.ts';
import { flipBit } from '../../test/tlog-fixture.ts';
import { hasProgram, requireTool } from '../../test/tools.ts';
import { formatEvidence } from '../evidence/bundle.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { layOutEvidence } from './evidence-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-unpack-'));
const parts = join(folder, 'parts');
let fixture: EvidenceFixture;

beforeAll(async () => {
  fixture = await createEvidence();
  writeFileSync(join(folder, 'evidence.json'), formatEvidence(fixture.bundle));
  const { exit, stdout } = await runCli(['evidence', 'unpack', 'evidence.json', 'parts'], {
    cwd: folder,
  });
  expect(stdout).toContain('nothing in them has been verified');
  expect(exit).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readPart = (name: string) => new Uint8Array(readFileSync(join(parts, name)));
const sha256 = (name: string) => createHash('sha256').update(readPart(name)).digest('hex');

/** Runs what the README of the folder tells people to run. */
function runCommand(command: string) {
  return spawnSync('sh', ['-c', command], { cwd: parts, encoding: 'utf8' });
}
const commands = () =>
  readFileSync(join(parts, 'README.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('ssh-keygen'));

describe('unpacked evidence', () => {
  test('ties its parts together by SHA-256', () => {
    expect(sha256('genesis.json')).toBe(fixture.trust.genesis);
    const manifest = JSON.parse(readFileSync(join(parts, 'manifest.json'), 'utf8')) as {
      inspection: { report: string };
    };
    expect(manifest.inspection.report).toBe(sha256('report.json'));
    const approval = decodeStatement(readPart('approval-1.payload'));
    expect(approval.subject[0]).toEqual({
      name: 'manifest',
      digest: { sha256: sha256('manifest.json') },
    });
    expect(readFileSync(join(parts, 'approval-1.entry'), 'utf8')).toContain(
      sha256('approval-1.payload'),
    );
  });

  test.skipIf(!requireTool('ssh-keygen', hasProgram('sh', '-c', 'command -v ssh-keygen')))(
    'is accepted by ssh-keygen with the commands of its README, and not with one bit flipped',
    () => {
      // two approvals, three founders, one opening
      expect(commands()).toHaveLength(6);
      for (const command of commands()) {
        const { status, stdout } = runCommand(command);
        expect(stdout).toMatch(/^Good "[a-z]+@countersign" signature for (alice|bob|carol) with/);
        expect(status).toBe(0);
      }
      const signed = readPart('approval-1.pae');
      writeFileSync(join(parts, 'approval-1.pae'), flipBit(signed, 8 * 200));
      expect(runCommand(commands()[0] ?? '').status).not.toBe(0);
      writeFileSync(join(parts, 'approval-1.pae'), signed);
      const otherPurpose = (commands()[0] ?? '').replace('approval@', 'genesis@');
      expect(runCommand(otherPurpose).status).not.toBe(0);
    },
  );

  test('holds the bytes that were signed, as the page says how to make them', () => {
    const page = readFileSync(
      new URL('../../docs/verify-independently.md', import.meta.url),
      'utf8',
    );
    const command = page.split('\n').find((line) => line.includes('| cmp - approval-1.pae'));
    expect(runCommand(command ?? 'false')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const exchanged = (command ?? '').replace('cmp - approval-1', 'cmp - approval-2');
    expect(runCommand(exchanged).status).toBe(1);
  });

  test.skipIf(!requireGo())("is accepted by Go's transparency-log packages", () => {
    const build = mkdtempSync(join(tmpdir(), 'countersign-go-'));
    try {
      const program = buildTlogGo(build);
      const { status, lines } = runTlogGo(program, parts);
      expect(lines).toEqual([
        'ok checkpoint release.example/ledger size 6',
        'ok approval-1 index 3 size 6',
        'ok approval-2 index 4 size 6',
        'ok credential-used index 5 size 6',
        'ok genesis index 0 size 6',
        'ok manifest index 2 size 6',
      ]);
      expect(status).toBe(0);
      const entry = readPart('approval-2.entry');
      writeFileSync(join(parts, 'approval-2.entry'), flipBit(entry, 40));
      expect(runTlogGo(program, parts).status).toBe(1);
      writeFileSync(join(parts, 'approval-2.entry'), entry);
    } finally {
      rmSync(build, { recursive: true, force: true });
    }
  });

  test('is not written over files', async () => {
    const before = readdirSync(parts);
    const { exit, stderr } = await runCli(['evidence', 'unpack', 'evidence.json', 'parts'], {
      cwd: folder,
    });
    expect(exit).toBe(1);
    expect(stderr).toContain('error[state-conflict]: expected parts to be empty, found files');
    expect(readdirSync(parts)).toEqual(before);
  });

  test.each(['../escaped', '/etc/x', 'a/b', 'a.b', '', '..', 'Genesis', 'x\u0000'])(
    'never takes the file name %j from a stranger',
    (name) => {
      const [first, ...rest] = fixture.bundle.proofs;
      if (first === undefined) throw new Error('no proofs');
      expect(() =>
        layOutEvidence({ ...fixture.bundle, proofs: [{ ...first, name }, ...rest] }),
      ).toThrow(expect.objectContaining({ code: 'malformed-document' }));
    },
  );

  test('refuses one name for two parts', () => {
    const { proofs } = fixture.bundle;
    expect(() => layOutEvidence({ ...fixture.bundle, proofs: [...proofs, ...proofs] })).toThrow(
      expect.objectContaining({ code: 'malformed-document' }),
    );
  });
});
