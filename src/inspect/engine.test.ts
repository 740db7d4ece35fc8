import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountersignError } from '../core/errors.ts';
import { inspectionReport } from '../core/manifest.ts';
import type { ArchiveEntry } from '../formats/archive-entry.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { call } from './artifact/file-kind.ts';
import { fileExample } from './artifact/packed-file.ts';
import {
  createInspector,
  type InspectedArtifact,
  type InspectionInput,
  inspectRelease,
} from './engine.ts';
import { FINDINGS_PER_RULE } from './finding-list.ts';
import type { EntryRule, ReleaseRule, SecretRule } from './rule.ts';
import { nameRuleSet, RULE_SET, RULES } from './rule-set.ts';
import { type SampleChanges, sampleRelease } from './samples/sample-release.ts';
import { secretEffect } from './search/secret-findings.ts';
import { crc32Base62 } from './secret-format/token-checksum.ts';

function npmToken(body = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD'): string {
  return `npm_${body}${crc32Base62(body)}`;
}

async function* walk(entries: readonly ArchiveEntry[]): AsyncIterable<ArchiveEntry> {
  yield* entries;
}

function release(
  entries: readonly ArchiveEntry[] = [],
  changes: SampleChanges = {},
): InspectionInput {
  const { inputs, policy, artifacts, ecosystems } = sampleRelease(changes);
  return {
    inputs,
    policy,
    ecosystems,
    artifacts: artifacts.map(
      (facts): InspectedArtifact => ({
        ...facts,
        entries: walk(facts.ecosystem === 'npm' ? entries : []),
      }),
    ),
  };
}

function ruleThat<R extends SecretRule | EntryRule | ReleaseRule>(
  kind: R['kind'],
  change: Partial<R>,
): R {
  // one that is asked about every file, and at each of its keywords
  const narrow = ['paths', 'words', 'mayFit'];
  const found = RULES.find((rule) => rule.kind === kind && !narrow.some((key) => key in rule));
  return { ...(found as R), ...change };
}

describe('inspectRelease', () => {
  it('passes a fine release and says with which rules', async () => {
    const { report } = await inspectRelease(
      release([fileExample('package/index.js', 'export {};')]),
    );
    expect(report.verdict).toBe('pass');
    expect(report.ruleSet).toBe(RULE_SET);
    expect(report.artifacts.map((one) => one.path)).toEqual([
      'aitbc-explorer-web-1.2.3.tgz',
      'aitbc_agent_sdk-1.2.3-py3-none-any.whl',
      'aitbc_agent_sdk-1.2.3.tar.gz',
    ]);
    expect(inspectionReport(decodeCanonical(encodeCanonical(report)), 'report')).toEqual(report);
  });

  it('rejects a leaked token and says where, without telling it', async () => {
    const text = `// caf\u00e9\nconst a = 1;\n  const b = "${npmToken()}";\n`;
    const content = Buffer.from(text, 'utf8');
    const entry = {
      path: 'package/a.js',
      kind: 'file',
      mode: 0o644,
      sizeBytes: content.length,
      content,
    } as const;
    const { report } = await inspectRelease(release([entry]));
    expect(report.verdict).toBe('reject');
    expect(report.artifacts[0]?.findings).toEqual([
      {
        rule: 'npm-token',
        category: 'secret',
        severity: 'critical',
        confidence: 'proven',
        effect: 'reject',
        path: 'aitbc-explorer-web-1.2.3.tgz!package/a.js',
        line: 3,
        column: 14,
        message: 'npm access token npm_Ab3d... (40 characters): its checksum is right',
        fingerprint: expect.stringMatching(/^npm-token:[0-9a-f]{16}$/),
      },
    ]);
  });

  it('writes the same bytes whatever the order of artifacts and entries', async () => {
    const entries = [
      fileExample('package/.env', 'A=b'),
      fileExample('package/b.js', `${npmToken()}\n${npmToken()} npm_${'x'.repeat(36)}`),
      fileExample('package/a.js', npmToken()),
      ...Array.from({ length: 120 }, (_, at) => fileExample(`package/${at}/.npmrc`, '')),
      ...Array.from({ length: 60 }, (_, at) => fileExample(`package/${at % 55}/.git/${at}`, '')),
    ];
    const expected = encodeCanonical((await inspectRelease(release(entries))).report);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(entries, { minLength: entries.length }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (shuffled, order) => {
          const input = release(shuffled);
          const artifacts = order.flatMap((at) => input.artifacts[at] ?? []);
          const found = encodeCanonical((await inspectRelease({ ...input, artifacts })).report);
          expect(Buffer.compare(found, expected)).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('gives each finding a name of its own that neither version nor secret changes', async () => {
    const names = async (body: string, version: string) => {
      const entry = fileExample('package/a.js', `${npmToken(body)}\n${npmToken(body)}`);
      const { report } = await inspectRelease(release([entry], { version }));
      return report.artifacts[0]?.findings.map((one) => one.fingerprint);
    };
    const first = await names('Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD', '1.2.3');
    expect(new Set(first).size).toBe(2);
    expect(await names('Zb3dEf6hIj9lMn2pQr5tUv8xYz1BcD', '1.2.4')).toEqual(first);
  });

  it('names apart equal paths in two wheels of one package', async () => {
    const input = release([], {
      artifacts: (sample) => sample.flatMap((one) => [one, { ...one, file: `x-${one.file}` }]),
    });
    const artifacts = input.artifacts.map((one) => ({
      ...one,
      entries: walk([fileExample('pkg/.env', 'A=b')]),
    }));
    const { report } = await inspectRelease({ ...input, artifacts });
    const names = report.artifacts.flatMap((one) =>
      one.findings.map(({ fingerprint }) => fingerprint),
    );
    expect(names.length).toBeGreaterThan(6);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives the command for a prerelease, and no word that a shell would run', async () => {
    const messages = async (tag: string) => {
      const { report } = await inspectRelease(
        release([], { version: '1.3.0-rc.1', inputs: { tag } }),
      );
      return report.findings.map((one) => one.message).filter((one) => one.includes('run:'));
    };
    expect(await messages('v1.3.0-rc.1')).toEqual([
      '@aitbc/explorer-web 1.3.0-rc.1 is a prerelease without a dist-tag; run: countersign release open --project aitbc --tag v1.3.0-rc.1 --dist-tag next',
    ]);
    expect((await messages('v1;reboot'))[0]).toMatch(/--tag TAG --dist-tag next$/);
  });

  it('is indeterminate when a rule throws, naming rule and place but not its words; others go on', async () => {
    const boom = () => {
      throw new TypeError(`cannot read ${npmToken()}`);
    };
    const rules = [
      ruleThat<ReleaseRule>('release', { id: 'first', check: boom }),
      ruleThat<EntryRule>('entry', { id: 'second', check: boom }),
      ruleThat<SecretRule>('secret', {
        id: 'third',
        keywords: ['npm_'],
        pattern: /npm_/y,
        verify: boom,
      }),
      ruleThat<SecretRule>('secret', {
        id: 'fourth',
        keywords: ['npm_'],
        pattern: /npm_/y,
        mayFit: boom,
      }),
      ruleThat<SecretRule>('secret', {
        id: 'fifth',
        keywords: ['npm_'],
        pattern: /npm_/y,
        verify: () => ({ confidence: 'weak', reason: 'it is there' }),
      }),
    ];
    const entries = [fileExample('b', npmToken()), fileExample('a', npmToken())];
    const { report } = await createInspector(rules, 'test').inspectRelease(release(entries));
    expect(report.verdict).toBe('indeterminate');
    expect(report.unread).toEqual([{ path: 'release', reason: 'rule first failed: TypeError' }]);
    expect(report.artifacts[0]?.unread).toEqual([
      {
        path: 'aitbc-explorer-web-1.2.3.tgz!a',
        reason: 'rule fourth failed: TypeError (and 1 more like it)',
      },
      {
        path: 'aitbc-explorer-web-1.2.3.tgz!a',
        reason: 'rule second failed: TypeError (and 1 more like it)',
      },
      {
        path: 'aitbc-explorer-web-1.2.3.tgz!a',
        reason: 'rule third failed: TypeError (and 1 more like it)',
      },
    ]);
    // the rules that did not throw say all that they have to say
    expect(report.artifacts[0]?.findings.map(({ rule, path }) => [rule, path])).toEqual([
      ['fifth', 'aitbc-explorer-web-1.2.3.tgz!a'],
      ['fifth', 'aitbc-explorer-web-1.2.3.tgz!b'],
    ]);
  });

  it('tells a key store once, whether by its bytes or by its name', async () => {
    const store = Buffer.from('03d9a29a67fb4bb500000400', 'hex').toString('latin1');
    const entries = [
      fileExample('package/a.kdbx', store),
      fileExample('package/b.bin', store),
      fileExample('package/c.kdbx', 'x'),
    ];
    const { report } = await inspectRelease(release(entries));
    const held = report.artifacts[0]?.findings.filter(({ effect }) => effect === 'hold') ?? [];
    expect(held.map(({ rule, path }) => [rule, path?.split('!')[1]])).toEqual([
      ['key-store', 'package/a.kdbx'],
      ['key-store', 'package/b.bin'],
      ['key-store', 'package/c.kdbx'],
    ]);
  });

  it('is indeterminate when files cannot be read to the end, and keeps what it saw', async () => {
    const input = release();
    async function* torn(): AsyncIterable<ArchiveEntry> {
      yield fileExample('package/a.js', npmToken());
      throw new CountersignError('malformed-archive', 'the tar data ends early');
    }
    const artifacts = input.artifacts.map((one) => ({ ...one, entries: torn() }));
    const { report } = await inspectRelease({ ...input, artifacts });
    expect(report.verdict).toBe('reject');
    expect(report.artifacts[0]?.unread).toEqual([
      {
        path: 'aitbc-explorer-web-1.2.3.tgz',
        reason: 'its files cannot be read: malformed-archive: the tar data ends early',
      },
    ]);
  });

  it('is indeterminate for an artifact without a description', async () => {
    const { report } = await inspectRelease(
      release([], {
        artifacts: (sample) =>
          sample.map((one) => ({ ...one, description: null, unreadable: 'no package.json' })),
      }),
    );
    expect(report.verdict).toBe('indeterminate');
    expect(report.artifacts[0]?.unread[0]?.reason).toBe(
      'artifact-readable: the artifact cannot be read: no package.json',
    );
  });

  it('refuses two artifacts of one name', async () => {
    const input = release();
    const artifacts = [...input.artifacts, ...input.artifacts];
    await expect(inspectRelease({ ...input, artifacts })).rejects.toThrow(/holds each file once/);
  });

  it('bounds what it tells, counts the rest, and lets no flood of notes hide a rejection', async () => {
    const weak = Array.from({ length: 400 }, () => `npm_${'x'.repeat(36)}`).join('\n');
    const entries = [
      ...Array.from({ length: 80 }, (_, at) => fileExample(`package/${at}.js`, weak)),
      fileExample('package/zz.js', npmToken()),
    ];
    const { report } = await inspectRelease(release(entries));
    const findings = report.artifacts[0]?.findings ?? [];
    expect(findings).toHaveLength(FINDINGS_PER_RULE + 2);
    expect(findings.filter((one) => one.effect === 'reject').map((one) => one.path)).toEqual([
      'aitbc-explorer-web-1.2.3.tgz!package/zz.js',
    ]);
    expect(findings[0]?.message).toBe(
      `${80 * 400 - FINDINGS_PER_RULE} more findings of this rule are not listed one by one`,
    );
    expect(findings[0]?.effect).toBe('note');
  });

  it('asks about code behind the first window of a large file', async () => {
    const filler = 'ordinary();\n'.repeat(800_000);
    const late = fileExample('package/a.js', `${filler}${call('eval')}atob("QUFB"));\n`);
    const { report } = await inspectRelease(release([late]));
    const findings = report.artifacts[0]?.findings.filter((one) => one.rule === 'obfuscated-code');
    expect(findings?.map((one) => one.message)).toEqual([
      expect.stringMatching(
        /^line \d+ decodes .*; lines and bytes are counted from byte \d{7} of the file$/,
      ),
    ]);
  });

  it('looks for secrets in the targets of links too', async () => {
    const link = {
      ...fileExample('package/a', ''),
      kind: 'symlink',
      linkTarget: npmToken(),
    } as const;
    const { report } = await inspectRelease(release([link]));
    expect(report.artifacts[0]?.findings.map((one) => one.rule)).toContain('npm-token');
  });

  it('never throws on random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one)),
            fc.constantFrom(
              ...RULES.flatMap((rule) => (rule.kind === 'secret' ? rule.keywords : [])).flatMap(
                (one) => [Buffer.from(one), Buffer.from(one, 'utf16le')],
              ),
            ),
            fc.base64String({ maxLength: 300 }).map((one) => Buffer.from(one)),
          ),
          { maxLength: 12 },
        ),
        fc.constantFrom('package/a', '.env', '.npmrc', 'x.pem', '.git', 'a/.aws/credentials'),
        async (parts, path) => {
          const content = Buffer.concat(parts);
          const entry = {
            path,
            kind: 'file',
            mode: 0,
            sizeBytes: content.length,
            content,
          } as const;
          const { report } = await inspectRelease(release([entry]));
          expect(report.artifacts.flatMap((one) => one.unread)).toEqual([]);
          encodeCanonical(report);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('secretEffect', () => {
  it.each([
    ['proven', 'proven', 'reject'],
    ['plausible', 'proven', 'hold'],
    ['weak', 'proven', 'note'],
    ['plausible', 'plausible', 'reject'],
    ['weak', 'plausible', 'note'],
    ['weak', 'weak', 'reject'],
  ] as const)('%s under a threshold of %s is %s', (confidence, blockAt, effect) =>
    expect(secretEffect(confidence, blockAt)).toBe(effect),
  );
});

describe('the name of a rule set', () => {
  it('changes with every version of every rule', () => {
    expect(RULE_SET).toMatch(new RegExp(`^2026\\.11\\.1\\+${RULES.length}\\.[0-9a-f]{12}$`));
    const changed = RULES.map((rule, at) =>
      at === 3 ? { ...rule, version: rule.version + 1 } : rule,
    );
    expect(nameRuleSet(changed)).not.toBe(RULE_SET);
    expect(nameRuleSet(RULES.toReversed())).toBe(RULE_SET);
  });
});
