import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PostureReport } from '../../src/posture/report.ts';
import { runCli } from '../cli-fixture.ts';
import { checkSarif } from '../sarif-check.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const WORKFLOW = '.github/workflows/release.yml';
const LOOSE = `# releases
on:
  push:
    tags: ['v*']
jobs:
  out:
    runs-on: ubuntu-latest
    permissions:
      id-token: write # for the registry
    steps:
      - uses: actions/checkout@v4
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;
const ENV = { PATH: process.env['PATH'] };

/** A repository of git with these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder('posture');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['add', '--all'], { cwd: root });
  return root;
}

const run = (cwd: string, ...argv: string[]) => runCli(['posture', ...argv], { cwd, env: ENV });

describe('countersign posture', () => {
  it('tells findings at their lines, and ends with 1', async () => {
    const { exit, stdout } = await run(repository({ [WORKFLOW]: LOOSE }));
    expect(exit).toBe(1);
    expect(stdout).toContain(`${WORKFLOW}:9:7: critical identity-without-environment`);
    expect(stdout).toContain('risk HIGH');
  });

  it('has an honest empty state', async () => {
    const { exit, stdout } = await run(repository({ 'a.txt': 'a' }), '--fail-on', 'high');
    expect(stdout).toContain('no workflow was found');
    expect(exit).toBe(0);
  });

  it('prints the report as JSON, and the same with --format json', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    const [flag, format] = await Promise.all([run(root, '--json'), run(root, '--format', 'json')]);
    expect(format.stdout).toBe(flag.stdout);
    const report = JSON.parse(flag.stdout) as PostureReport;
    expect(report.schema).toBe('countersign/posture/v1');
    expect(report.areas.map((one) => one.name)).toHaveLength(4);
    expect(report.findings[0]).toMatchObject({ file: WORKFLOW, evidence: 'declared' });
  });

  it('prints SARIF and Markdown, and refuses two documents on stdout', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    const sarif = await run(root, '--format', 'sarif');
    expect(checkSarif(JSON.parse(sarif.stdout))).toEqual([]);
    expect((await run(root, '--format', 'markdown')).stdout).toMatch(/^# Posture/);
    expect((await run(root, '--json', '--format', 'sarif')).exit).toBe(2);
  });

  it('tells a file that cannot be read, and ends with 3 where nothing else is open', async () => {
    const root = repository({ [WORKFLOW]: 'on: [push' });
    const { exit, stdout } = await run(root, '--fail-on', 'critical');
    expect(exit).toBe(3);
    expect(stdout).toContain('workflow-unreadable');
    expect(stdout).not.toContain('risk LOW');
  });

  it('mends in place, keeps comments and file mode, and has nothing to do the second time', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    chmodSync(join(root, WORKFLOW), 0o640);
    const first = await run(root, '--fix', '--yes');
    expect(first.stderr).toContain('mended:');
    const text = readFileSync(join(root, WORKFLOW), 'utf8');
    expect(text).toContain('# releases\n');
    expect(text).toContain('id-token: write # for the registry');
    expect(text).toContain('persist-credentials: false');
    expect(statSync(join(root, WORKFLOW)).mode & 0o777).toBe(0o640);
    const second = await run(root, '--fix', '--yes');
    expect(second.stderr).toContain('nothing was mended');
    expect(readFileSync(join(root, WORKFLOW), 'utf8')).toBe(text);
  });

  it('leaves what changes behaviour where nobody can be asked', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    const { stderr } = await run(root, '--fix');
    expect(stderr).toContain('--yes agrees to it');
    expect(readFileSync(join(root, WORKFLOW), 'utf8')).not.toContain('persist-credentials');
  });

  it('asks a person, and takes anything but yes for no', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    const asked = { cwd: root, env: ENV, tty: true };
    const no = await runCli(['posture', '--fix'], { ...asked, input: '' });
    expect(no.stderr).toContain('[y/N]');
    expect(readFileSync(join(root, WORKFLOW), 'utf8')).not.toContain('persist-credentials');
    const yes = await runCli(['posture', '--fix'], { ...asked, input: 'y\n'.repeat(20) });
    expect(yes.exit).toBe(1);
    expect(readFileSync(join(root, WORKFLOW), 'utf8')).toContain('persist-credentials');
  });

  it('compares with the last run of a history, and draws a badge', async () => {
    const root = repository({ [WORKFLOW]: LOOSE });
    await run(root, '--history', 'posture.jsonl');
    writeFileSync(
      join(root, WORKFLOW),
      LOOSE.replace('    steps', '    environment: release\n    steps'),
    );
    const { stdout } = await run(root, '--history', 'posture.jsonl', '--badge', 'posture.svg');
    expect(stdout).toContain('mended: identity-without-environment');
    expect(readFileSync(join(root, 'posture.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
    expect(readFileSync(join(root, 'posture.svg'), 'utf8')).toContain('publish path');
  });

  it('refuses a history that is none, and loses nothing of it', async () => {
    const root = repository({ [WORKFLOW]: LOOSE, 'posture.jsonl': 'mine\n' });
    const { exit, stderr } = await run(root, '--history', 'posture.jsonl');
    expect([exit, stderr]).toEqual([1, expect.stringContaining('is not JSON')]);
    expect(readFileSync(join(root, 'posture.jsonl'), 'utf8')).toBe('mine\n');
  });

  it('says without --observe that settings were not seen', async () => {
    const { stdout } = await run(repository({ [WORKFLOW]: LOOSE }), '--json');
    expect((JSON.parse(stdout) as PostureReport).settingsMissing).toContain('--observe');
  });
});
