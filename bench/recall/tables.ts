/** What was measured, as tables in Markdown. */

/** One rule of a peer, with its cases counted; `families` are those of our rules that answered. */
export interface PeerRule {
  readonly peer: string;
  readonly rule: string;
  positives: number;
  /** Positive cases with a proven or plausible finding. */
  found: number;
  weak: number;
  negatives: number;
  /** Negative cases with a proven or plausible finding. */
  loud: number;
  readonly families: Map<string, number>;
}

/** By peer, by family, and the rules of peers of which a case is missed. */
export function formatTables(rules: readonly PeerRule[]): string {
  return [
    '## By peer\n',
    table(
      'peer',
      Map.groupBy(rules, ({ peer }) => peer),
    ),
    '\n## By family\n',
    table('family', Map.groupBy(rules, familyOf)),
    '\n## Rules of peers with nothing found\n',
    ...[...Map.groupBy(rules.filter(isMissed), ({ peer }) => peer)].map(
      ([peer, missed]) => `* ${peer}: ${missed.map(({ rule }) => rule).join(', ')}`,
    ),
    '\n## Rules of peers with some missed\n',
    '| peer | rule | cases | found | weak | missed |',
    '|---|---|---|---|---|---|',
    ...rules
      .filter((one) => !isMissed(one) && missesOf(one) > 0)
      .map((one) => `| ${one.peer} | ${one.rule} | ${counts(one)} |`),
    '',
  ].join('\n');
}

/** The family that answered most, of those that know more than a name. */
function familyOf({ families }: PeerRule): string {
  const known = [...families].toSorted((left, right) => right[1] - left[1]);
  const specific = known.find(([family]) => family !== 'generic') ?? known[0];
  return specific?.[0] ?? 'none';
}

function table(title: string, groups: ReadonlyMap<string, readonly PeerRule[]>): string {
  const rows = [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    `| ${title} | rules | cases | found | weak | missed | negatives | of them found |`,
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(([name, rules]) => row(name, rules)),
    row(
      'all',
      rows.flatMap(([, rules]) => rules),
    ),
  ].join('\n');
}

function row(name: string, rules: readonly PeerRule[]): string {
  const sum = (of: (one: PeerRule) => number) => rules.reduce((total, one) => total + of(one), 0);
  const whole = {
    positives: sum((one) => one.positives),
    found: sum((one) => one.found),
    weak: sum((one) => one.weak),
  };
  const negatives = `${sum((one) => one.negatives)} | ${sum((one) => one.loud)}`;
  return `| ${name} | ${rules.length} | ${counts(whole)} | ${negatives} |`;
}

function counts(one: Pick<PeerRule, 'positives' | 'found' | 'weak'>): string {
  return `${one.positives} | ${one.found} | ${one.weak} | ${missesOf(one)}`;
}

function missesOf({ positives, found, weak }: Pick<PeerRule, 'positives' | 'found' | 'weak'>) {
  return positives - found - weak;
}

function isMissed({ positives, found, weak }: PeerRule): boolean {
  return positives > 0 && found + weak === 0;
}
