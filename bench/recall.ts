/**
 * How much of what other scanners call a secret is found, on their own cases. Prints tables in
 * Markdown; docs/inspection-recall.md has them. `node bench/recall.ts`; fetches what is missing.
 */
import { join } from 'node:path';
import { inspectFile } from '../src/inspect/engine.ts';
import { SECRETS } from '../src/inspect/secrets/families.ts';
import { CACHE } from './corpus.ts';
import type { RecallCase } from './recall/case.ts';
import { gatherCases } from './recall/gather.ts';
import { formatTables, type PeerRule } from './recall/tables.ts';

const FAMILY_OF = new Map(
  Object.entries(SECRETS).flatMap(([family, rules]) =>
    rules.map(({ id }) => [id, family] as const),
  ),
);

/** The ids of the rules that find something in the case, with their confidences. */
async function find({ path = 'case.txt', text }: RecallCase) {
  const content = Buffer.from(text, 'utf8');
  const entry = { path, kind: 'file', mode: 0o644, sizeBytes: content.length, content } as const;
  const { findings } = await inspectFile(
    {
      file: path,
      sha256: ''.padEnd(64, '0') as never,
      sizeBytes: content.length,
      form: 'plain',
      entries: (async function* () {
        yield entry;
      })(),
    },
    'weak',
  );
  return findings.flatMap(({ rule, confidence, category }) =>
    category === 'secret' && confidence !== undefined ? [{ rule, confidence }] : [],
  );
}

async function measure(peer: string, cases: readonly RecallCase[]): Promise<readonly PeerRule[]> {
  const rules = new Map<string, PeerRule>();
  for (const one of cases) {
    const rule = rules.get(one.rule) ?? {
      peer,
      rule: one.rule,
      positives: 0,
      found: 0,
      weak: 0,
      negatives: 0,
      loud: 0,
      families: new Map(),
    };
    rules.set(one.rule, rule);
    const found = await find(one);
    const isSure = found.some(({ confidence }) => confidence !== 'weak');
    if (!one.positive) {
      rule.negatives += 1;
      if (isSure) rule.loud += 1;
      continue;
    }
    rule.positives += 1;
    if (isSure) rule.found += 1;
    else if (found.length > 0) rule.weak += 1;
    for (const { rule: id } of found) {
      const family = FAMILY_OF.get(id) ?? 'checked tokens and files';
      rule.families.set(family, (rule.families.get(family) ?? 0) + 1);
    }
  }
  return [...rules.values()];
}

const measured: PeerRule[] = [];
for (const [peer, cases] of gatherCases(join(CACHE, 'recall'))) {
  measured.push(...(await measure(peer, cases)));
}
process.stdout.write(formatTables(measured));
