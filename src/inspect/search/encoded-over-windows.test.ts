import { expect, test } from 'vitest';
import { createInspector } from '../engine.ts';
import { rule as githubToken } from '../rules/github-token.ts';

const MIB = 1024 * 1024;
const STEP = 64 * 1024;

async function* pieces(content: Uint8Array) {
  for (let at = 0; at < content.length; at += STEP) yield content.subarray(at, at + STEP);
}

// whatever is left of four characters at the end of a window
test.each([0, 1, 2, 3])(
  'base64 over the end of a window is read, %i characters on',
  async (shift) => {
    const token = githubToken.examples.bad[0]?.make() ?? '';
    const text = Buffer.from(`${'A'.repeat(1_500_000)} ${token} ${'A'.repeat(500_000)}`, 'latin1');
    const content = Buffer.from(`${'x'.repeat(7 * MIB + shift)}"${text.toString('base64')}"`);
    const member = { path: 'a.txt', kind: 'file', mode: 0o644, sizeBytes: content.length } as const;
    async function* entries() {
      yield { ...member, body: pieces(content) };
    }
    const { inspectFile } = createInspector([githubToken], 'test');
    const file = { file: 'a.txt', sha256: ''.padEnd(64, '0') as never, sizeBytes: content.length };
    const report = await inspectFile({ ...file, form: 'plain', entries: entries() }, 'proven');
    expect(report.findings.map((one) => one.rule)).toEqual(['github-token']);
  },
);
