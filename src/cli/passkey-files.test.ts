import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEvidence } from '../../test/evidence-fixture.ts';
import { createTestPasskey } from '../../test/passkey-fixture.ts';
import { hasProgram, requireTool } from '../../test/tools.ts';
import { layOutEvidence } from './evidence-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-passkey-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(!requireTool('openssl', hasProgram('openssl', 'version')))('promise 1', () => {
  test.each([-7, -8, -257] as const)(
    'a signature by a passkey of algorithm %i is checked by OpenSSL alone, and a changed one is not',
    async (algorithm) => {
      const { bundle } = await createEvidence({
        passkeys: { bob: createTestPasskey(algorithm) },
        approval: (approval, person) =>
          person === 'bob' ? { ...approval, client: 'browser' } : approval,
      });
      const { files, signatures } = layOutEvidence(bundle);
      const commands = signatures.find((one) => one.name === 'approval-1')?.commands ?? [];
      const folder = mkdtempSync(join(root, 'parts-'));
      for (const [name, content] of files) writeFileSync(join(folder, name), content);
      const run = () =>
        commands.map((command) => spawnSync('sh', ['-c', command], { cwd: folder }).status);
      expect(run()).toEqual([0, 0]);
      expect(new TextDecoder().decode(files.get('README.txt'))).toContain(commands[0]);
      const signed = files.get('approval-1.signed') ?? new Uint8Array();
      writeFileSync(join(folder, 'approval-1.signed'), signed.with(33, 1 ^ (signed[33] ?? 0)));
      writeFileSync(join(folder, 'approval-1.challenge'), '"challenge":"another"\n');
      expect(run()).toEqual([1, 1]);
    },
  );
});
