import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../../test/cli-fixture.ts';
import { createEvidence, type EvidenceFixture } from '../../../test/evidence-fixture.ts';
import { formatEvidence } from '../../evidence/bundle.ts';
import { encodeCanonical } from '../../formats/canonical.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'));
const put = (name: string, content: string | Uint8Array) =>
  writeFileSync(join(folder, name), content);
let fixture: EvidenceFixture;

beforeAll(async () => {
  fixture = await createEvidence();
  put('evidence.json', formatEvidence(fixture.bundle));
  put('trust.json', encodeCanonical(fixture.trust));
  put(fixture.artifact.file, fixture.artifact.bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (...argv: string[]) =>
  runCli(['verify', 'aitbc-explorer-web-1.2.3.tgz', '--evidence', 'evidence.json', ...argv], {
    cwd: folder,
  });

describe('verify', () => {
  test('says what was proven, with a trust file', async () => {
    const { exit, stdout, stderr } = await verify('--trust', 'trust.json');
    expect(stderr).toBe('');
    const { bob, carol } = fixture.keys;
    expect(stdout).toBe(
      `release   aitbc v1.2.3, attempt 1 (${fixture.manifest.release})
founding  genesis ${fixture.genesisDigest}, as the trust file says
approved  by Bob (bob) with ${bob.fingerprint}, 2026-03-01T12:03:00.000Z, terminal
approved  by Carol (carol) with ${carol.fingerprint}, 2026-03-01T12:04:00.000Z, terminal
requester alice (opener)
rule      2 people, requester excluded
inspected pass, by rule set 1
ledger    release.example/ledger, as of entry 5
witnesses 0: that everybody is shown this same log rests on the checkpoints people keep
changes   none: roster and rules as they were founded
used      the credential was used at 2026-03-01T12:10:00.000Z, after every approval
file      aitbc-explorer-web-1.2.3.tgz is aitbc-explorer-web-1.2.3.tgz of @aitbc/explorer-web 1.2.3, sha256 ${fixture.manifest.artifacts[0]?.sha256}
verified, as of entry 5 of the ledger
`,
    );
    expect(exit).toBe(0);
  });

  test('says "consistent only" and exits 3 without one', async () => {
    const { exit, stdout } = await verify();
    expect(exit).toBe(3);
    expect(stdout).toContain('consistent only: anyone could have made up this evidence');
    expect(stdout).not.toContain('verified, as of');
    const machine = await verify('--json');
    expect(machine.exit).toBe(3);
    expect(JSON.parse(machine.stdout)).toMatchObject({ level: 'consistent-only' });
  });

  test('refuses a file with one flipped bit', async () => {
    const bytes = Uint8Array.from(fixture.artifact.bytes);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    put('changed.tgz', bytes);
    const { exit, stderr } = await runCli(
      ['verify', 'changed.tgz', '--evidence', 'evidence.json', '--trust', 'trust.json'],
      { cwd: folder },
    );
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /^error\[evidence-invalid\]: changed\.tgz \(sha256 [0-9a-f]{64}\) is none of/,
    );
  });

  test('refuses the evidence of another instance', async () => {
    const other = await createEvidence();
    put('other.json', formatEvidence(other.bundle));
    const argv = [fixture.artifact.file, '--evidence', 'other.json'];
    const { exit, stderr } = await runCli(['verify', ...argv, '--trust', 'trust.json'], {
      cwd: folder,
    });
    expect(exit).toBe(1);
    expect(stderr).toContain('the evidence comes from another instance');
    // Alone it agrees with itself: that is why the trust file matters.
    expect((await runCli(['verify', ...argv], { cwd: folder })).exit).toBe(3);
  });

  test('refuses a roster in which a name was exchanged', async () => {
    const forged = {
      ...fixture.bundle,
      genesis: {
        ...fixture.bundle.genesis,
        document: fixture.bundle.genesis.document.replace(
          fixture.keys.bob.publicKey,
          (await createEvidence()).keys.bob.publicKey,
        ),
      },
    };
    put('forged.json', formatEvidence(forged));
    const argv = ['verify', fixture.artifact.file, '--evidence', 'forged.json'];
    expect((await runCli(argv, { cwd: folder })).exit).toBe(1);
    expect((await runCli([...argv, '--trust', 'trust.json'], { cwd: folder })).exit).toBe(1);
  });

  test('names the rule that held when a requester counts', async () => {
    const counting = await createEvidence({
      approvers: ['alice', 'bob'],
      approvals: { requester: 'counts' },
    });
    put('counting.json', formatEvidence(counting.bundle));
    put('counting-trust.json', encodeCanonical(counting.trust));
    const { exit, stdout } = await runCli(
      [
        'verify',
        counting.artifact.file,
        '--evidence',
        'counting.json',
        '--trust',
        'counting-trust.json',
      ],
      { cwd: folder },
    );
    expect(exit).toBe(0);
    expect(stdout).toContain('rule      2 people, requester counts\n');
  });

  test.each([
    ['evidence.json', '', 'malformed-document', 1],
    ['evidence.json', '{"schema":"countersign/evidence/v1"}', 'malformed-document', 1],
    ['trust.json', '{}', 'malformed-document', 1],
    ['trust.json', 'no JSON', 'malformed-document', 1],
  ])('a broken %s %j is refused', async (name, content, code, exit) => {
    put(`broken-${name}`, content);
    const of = (one: string) => (one === name ? `broken-${one}` : one);
    const run = await runCli(
      [
        'verify',
        fixture.artifact.file,
        '--evidence',
        of('evidence.json'),
        '--trust',
        of('trust.json'),
      ],
      { cwd: folder },
    );
    expect(run.exit).toBe(exit);
    expect(run.stderr).toContain(`error[${code}]`);
  });

  test('says which file is missing', async () => {
    const run = await runCli(['verify', 'gone.tgz', '--evidence', 'evidence.json'], {
      cwd: folder,
    });
    expect(run.exit).toBe(1);
    expect(run.stderr).toContain('error[not-found]: the file gone.tgz cannot be read');
  });
});
