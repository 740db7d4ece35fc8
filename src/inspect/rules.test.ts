import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectSample, walk } from '../../test/inspection/sample-inspection.ts';
import type { Finding } from '../core/finding.ts';
import type { ArchiveEntry } from '../formats/archive-entry.ts';
import { fileExample } from './artifact/packed-file.ts';
import { createInspector, type InspectedArtifact } from './engine.ts';
import type { ReleaseContext, Rule, SecretRule } from './rule.ts';
import { RULES } from './rule-set.ts';
import { type ArtifactSample, wheelFiles } from './samples/sample-artifact.ts';
import { sampleRelease } from './samples/sample-release.ts';
import { SECRETS } from './secrets/families.ts';

/** The same for a rule that looks at whole artifacts. */
async function findingsOfSample(rule: Rule, sample: ArtifactSample) {
  const report = await inspectSample([rule], sample);
  expect(report.artifacts.flatMap((one) => one.unread)).toEqual([]);
  return report.artifacts.flatMap((one) => one.findings);
}

/** What one rule says, through the engine, so that examples test what a report would hold. */
async function findingsOf(
  rule: Rule,
  context: ReleaseContext,
  entries: readonly ArchiveEntry[] = [],
): Promise<readonly Pick<Finding, 'effect' | 'confidence' | 'message'>[]> {
  const artifacts = context.artifacts.map(
    (facts, at): InspectedArtifact => ({ ...facts, entries: walk(at === 0 ? entries : []) }),
  );
  const { report } = await createInspector([rule], 'test').inspectRelease({
    ...context,
    artifacts,
  });
  const unread = [...report.unread, ...report.artifacts.flatMap((one) => one.unread)];
  for (const { reason } of unread) expect(reason).not.toMatch(/failed/);
  return [
    ...report.findings,
    ...report.artifacts.flatMap((one) => one.findings),
    ...unread.map(({ reason }) => ({
      effect: 'reject' as const,
      confidence: 'proven' as const,
      message: reason,
    })),
  ];
}

function runExample(rule: Rule, list: 'bad' | 'noted' | 'fine', at: number) {
  switch (rule.kind) {
    case 'release':
      return findingsOf(rule, rule.examples[list]?.[at]?.make() ?? sampleRelease());
    case 'entry':
      return findingsOf(
        rule,
        sampleRelease(),
        [rule.examples[list]?.[at]?.make()].flatMap((one) => one ?? []),
      );
    case 'artifact': {
      const sample = rule.examples[list]?.[at]?.make();
      return sample === undefined ? Promise.resolve([]) : findingsOfSample(rule, sample);
    }
    case 'container': {
      const content = rule.examples[list]?.[at]?.make() ?? new Uint8Array();
      const path = 'package/inner.bin';
      const sizeBytes = content.length;
      return findingsOf(rule, sampleRelease(), [
        { path, kind: 'file', mode: 0o644, sizeBytes, content },
      ]);
    }
    case 'secret':
      return findingsOf(rule, sampleRelease(), [
        fileExample('package/a.js', rule.examples[list]?.[at]?.make() ?? ''),
      ]);
  }
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('rule %s', (_, rule) => {
  it('has examples of both kinds', () => {
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    expect(rule.examples.fine.length).toBeGreaterThan(0);
  });

  it.each(rule.examples.bad.map((one, at) => [one.about, at] as const))(
    'finds %s',
    async (_about, at) => {
      const findings = await runExample(rule, 'bad', at);
      expect(findings.map((one) => one.effect)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(hold|reject)$/)]),
      );
      for (const { message } of findings) {
        expect(message).toMatch(/^[^\n]{10,400}[^.\n]$/);
        expect(message.isWellFormed()).toBe(true);
      }
    },
  );

  it.each((rule.examples.noted ?? []).map((one, at) => [one.about, at] as const))(
    'only notes: %s',
    async (_, at) => {
      const findings = await runExample(rule, 'noted', at);
      expect(findings.map((one) => one.effect)).toContain('note');
      expect(findings.filter((one) => one.effect !== 'note')).toEqual([]);
    },
  );

  it.each(rule.examples.fine.map((one, at) => [one.about, at] as const))(
    'lets pass: %s',
    async (_about, at) => {
      expect(await runExample(rule, 'fine', at)).toEqual([]);
    },
  );
});

/** Folders of secret rules, one a family. */
const FAMILY_FOLDERS = readdirSync(new URL('./secrets', import.meta.url), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The ids that the files of a folder stand for. */
function ruleFiles(folder: string): readonly string[] {
  return readdirSync(new URL(`./${folder}`, import.meta.url))
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

/** Where a keyword stands for the first time, as it is and in whatever case. */
function placesOf(rule: SecretRule, keyword: string, text: string): number[] {
  const places = [text.indexOf(keyword)];
  if (rule.ignoreCase === true) places.push(text.toLowerCase().indexOf(keyword.toLowerCase()));
  return places.filter((place) => place !== -1);
}

function matchAt(rule: SecretRule, text: string, start: number) {
  rule.pattern.lastIndex = 0;
  return rule.pattern.exec(text.slice(start));
}

const SECRET_RULES = RULES.filter((rule) => rule.kind === 'secret');

describe.each(SECRET_RULES.map((rule) => [rule.id, rule] as const))('secret rule %s', (_, rule) => {
  it('shows no more than four characters of a secret after its prefix', async () => {
    for (const example of rule.examples.bad) {
      const text = example.make();
      const findings = await findingsOf(rule, sampleRelease(), [fileExample('a', text)]);
      const starts = rule.keywords.flatMap((keyword) => placesOf(rule, keyword, text));
      const match = starts
        .toSorted((left, right) => left - right)
        .map((start) => matchAt(rule, text, start))
        .find((one) => one !== null);
      const secret = match?.[0].slice((match.groups?.['prefix'] ?? '').length) ?? '';
      // of tokens with a literal inside, only what follows it
      expect(secret.length).toBeGreaterThan(5);
      const shown = JSON.stringify(match?.groups?.['prefix'] ?? '').slice(1, -1);
      const told = JSON.stringify(findings).replace(shown, '');
      for (let at = 0; at + 5 <= secret.length; at += 1) {
        const piece = secret.slice(at, at + 5);
        if (/^[A-Za-z0-9+/]{5}$/.test(piece)) expect(told).not.toContain(piece);
      }
    }
  });

  it('finds the same in UTF-16 of either byte order, at any alignment', async () => {
    for (const example of rule.examples.bad) {
      const narrow = Buffer.from(`x = "${example.make()}" `, 'latin1');
      const little = Buffer.from(narrow.toString('latin1'), 'utf16le');
      const big = Buffer.from(little).swap16();
      const expected = (await findingsOf(rule, sampleRelease(), [bytes(narrow)])).map(strip);
      expect(expected.length).toBeGreaterThan(0);
      for (const wide of [little, big, Buffer.concat([Buffer.from([7]), little])]) {
        expect((await findingsOf(rule, sampleRelease(), [bytes(wide)])).map(strip)).toEqual(
          expected,
        );
      }
    }
  });

  it('starts its pattern with a keyword, sticky, and keywords are long enough', () => {
    expect(rule.pattern.flags).toBe('y');
    expect(rule.pattern.source).toMatch(/\(\?<prefix>/);
    for (const keyword of rule.keywords) expect(keyword).toMatch(/^[\x20-\x7e]{4,}$/);
  });
});

function strip({
  effect,
  confidence,
  message,
}: Pick<Finding, 'effect' | 'confidence' | 'message'>) {
  return { effect, confidence, message };
}

function bytes(content: Buffer): ArchiveEntry {
  return { path: 'a', kind: 'file', mode: 0o644, sizeBytes: content.length, content };
}

describe('what is only noted', () => {
  it.each([
    ['a template of an environment file', 'package/.env.example', 'TOKEN=fill-me-in'],
    ['an environment file without values', 'package/.env', '# nothing\nA=\nB=""\n'],
    ['npm configuration without a credential', 'package/.npmrc', 'save-exact=true\n; _auth=x\n'],
    [
      'a variable in npm configuration',
      'package/.npmrc',
      `//r.example.com/:_authToken=${'$'}{T}\n`,
    ],
    ['an access key id of the documentation', 'a.md', ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')],
    ['an access key id alone', 'a.md', ['AKIA', 'Y3QMSW7PDRT2KLV5'].join('')],
    ['a token with a wrong checksum', 'a.js', `npm_${'x'.repeat(36)}`],
    ['a text that is no macaroon', 'a.js', `pypi-${'x'.repeat(120)}`],
    [
      'a key with dots for a body',
      'a.js',
      `-----BEGIN RSA PRIVATE KEY-----\n${'MII...'.repeat(20)}`,
    ],
  ])('%s', async (_, path, text) => {
    const found = await Promise.all(
      RULES.filter((rule) => rule.kind === 'entry' || rule.kind === 'secret').map((rule) =>
        findingsOf(rule, sampleRelease(), [fileExample(path, text)]),
      ),
    );
    expect(found.flat().map((one) => one.effect)).toEqual(['note']);
  });
});

describe('every pattern of the entry rules', () => {
  it.each([
    '_',
    '_auth',
    '_auth\t',
    '_auth= ',
    ' ',
    'export ',
    'A',
    'A=',
    '\n',
    '\n ',
    '-----BEGIN ',
  ])('reads a mebibyte of %j at once', async (piece) => {
    const flood = Buffer.alloc(1024 * 1024, piece, 'latin1').toString('latin1');
    const started = performance.now();
    const rules = RULES.filter((rule) => rule.kind === 'entry');
    const { artifacts: facts, ...context } = sampleRelease();
    const entries = ['.env', '.npmrc', 'a.pem'].map((path) => fileExample(path, flood));
    const artifacts = facts.map((one, at) => ({ ...one, entries: walk(at === 0 ? entries : []) }));
    await createInspector(rules, 'test').inspectRelease({ ...context, artifacts });
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe('every pattern of the rules about code and manifests', () => {
  it.each([
    ' ',
    '\t',
    'eval(',
    'eval("\\x61',
    'exec(base64',
    'curl x |',
    '_0x12ab',
    '\xe2\x80',
    '\xef\xb8\x8f',
    'window.ethereum XMLHttpRequest.prototype.open ',
    'publish .npmrc ',
    '.github/workflows ',
    'process.env fetch (',
    '"sourcesContent":[null,',
    'a=b\n',
    'a,b,c\n',
    'import\t',
  ])('reads 128 KiB of %j at once', async (piece) => {
    const flood = Buffer.alloc(128 * 1024, piece, 'latin1').toString('latin1');
    const rules = RULES.filter((rule) => rule.kind === 'entry' || rule.kind === 'artifact');
    const inspector = createInspector(rules, 'test');
    const { artifacts: facts, ...context } = sampleRelease();
    const paths: Record<string, readonly string[]> = {
      tarball: ['package/a.js', 'package/package.json', 'package/binding.gyp', 'package/a.js.map'],
      wheel: ['a.py', 'a.pth', 'x-1.dist-info/RECORD', 'x-1.dist-info/entry_points.txt'],
      sdist: ['x-1/setup.py', 'x-1/PKG-INFO', 'x-1/x.egg-info/PKG-INFO'],
    };
    const artifacts = facts.map((one): InspectedArtifact => {
      const entries = (paths[one.kind] ?? []).map((path) => fileExample(path, flood));
      return { ...one, entries: walk(entries) };
    });
    const started = performance.now();
    await inspector.inspectRelease({ ...context, artifacts });
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe('what costs its length and not the square of it', () => {
  it.each([
    ['words that a download may begin with', 'package/install.sh', 'curl '.repeat(100_000)],
    ['blanks behind words of publishing', 'package/a.js', `.npmrc publish${' '.repeat(1_000_000)}`],
    [
      'a path of slashes',
      'package/package.json',
      JSON.stringify({ name: 'a', version: '1.0.0', main: `a${'/'.repeat(1_000_000)}b` }),
    ],
  ])('%s', async (_, path, text) => {
    const rules = RULES.filter((rule) => rule.kind === 'entry' || rule.kind === 'artifact');
    const { artifacts: facts, ...context } = sampleRelease();
    const artifacts = facts.map((one): InspectedArtifact => {
      const entries = one.kind === 'tarball' ? [fileExample(path, text)] : [];
      return { ...one, entries: walk(entries) };
    });
    const started = performance.now();
    await createInspector(rules, 'test').inspectRelease({ ...context, artifacts });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('blanks around and in an entry point of a wheel', async () => {
    const blanks = ' '.repeat(500_000);
    const entries = wheelFiles({
      'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt': `[a]\na${blanks}b\na = ${blanks}b${blanks}c\n`,
    });
    const started = performance.now();
    await inspectSample(RULES, { kind: 'wheel', entries });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the list of rules', () => {
  it('holds every file of the folders', () => {
    const files = ['rules', ...FAMILY_FOLDERS.map((family) => `secrets/${family}`)].flatMap(
      ruleFiles,
    );
    expect(RULES.map((rule) => rule.id)).toEqual(files.sort());
  });

  it('holds the rules of each family in the list of its name, in order', () => {
    expect(Object.keys(SECRETS).sort()).toEqual(FAMILY_FOLDERS);
    for (const [family, rules = []] of Object.entries(SECRETS)) {
      expect(rules.map((rule) => rule.id)).toEqual(ruleFiles(`secrets/${family}`));
    }
  });

  it('holds every id once, in order, each of kebab-case and in its own file', async () => {
    const ids = RULES.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const folder of ['rules', ...FAMILY_FOLDERS.map((family) => `secrets/${family}`)]) {
      for (const file of ruleFiles(folder)) {
        const module: { rule?: Rule } = await import(
          new URL(`./${folder}/${file}.ts`, import.meta.url).href
        );
        expect(RULES).toContain(module.rule);
        expect(module.rule?.id).toBe(file);
        expect(module.rule?.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      }
    }
  });

  it('has texts that end without a full stop and start with a capital letter', () => {
    for (const { about, attack, mend } of RULES) {
      for (const text of [about, attack, mend]) expect(text).toMatch(/^[A-Za-z].{15,}[^.]$/);
    }
  });
});
