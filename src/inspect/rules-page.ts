/** docs/rules.md: every rule on one template. */
import type { Rule } from './rule.ts';

const CATEGORIES = [
  ['release', 'The release and its surroundings'],
  ['secret', 'Secrets in the packed bytes'],
  ['content', 'Files that should not be there'],
  ['change', 'Changes that nobody expects'],
] as const satisfies readonly (readonly [Rule['category'], string])[];

const INTRODUCTION = `# Rules

What \`countersign\` asks of every release before people sign. Each rule has an id that stands in
findings, in \`waivable\` of a policy and here.

| effect | meaning |
|---|---|
| \`reject\` | ends the attempt, unless the policy lets this rule be waived and each signature says why |
| \`hold\` | must be acknowledged inside every counted signature |
| \`note\` | informs |
| \`indeterminate\` | nobody can know; the release goes nowhere until it can be inspected again |

A secret is \`proven\` (its checksum or structure is right), \`plausible\` (it has the form of one) or
\`weak\` (it looks alike, but its checksum is wrong or it is marked as an example). From the policy's
\`block.secrets\` on it rejects; below, a plausible one holds and a weak one is a note of severity low.
A secret is never printed whole. A rule that fails makes the verdict \`indeterminate\`; none is skipped.

After ${'`UPDATE_DOCS=1 npx vitest run test/meta/rules-docs.test.ts`'} this page is what the code says.
`;

/** The page for these rules, in Markdown, ending with a line end. */
export function renderRulesPage(rules: readonly Rule[]): string {
  const sections = CATEGORIES.flatMap(([category, title]) => {
    const own = rules.filter((rule) => rule.category === category);
    if (own.length === 0) return [];
    const sorted = own.toSorted((left, right) => (left.id < right.id ? -1 : 1));
    return [`\n## ${title}\n`, ...sorted.map(renderRule)];
  });
  return `${INTRODUCTION}${sections.join('')}`;
}

function renderRule(rule: Rule): string {
  return `
### ${rule.id}

${rule.about}.

| category | severity | effect |
|---|---|---|
| ${rule.category} | ${rule.severity} | ${effectOf(rule)} |

- **What goes wrong.** ${rule.attack}.
- **How to mend it.** ${rule.mend}.
`;
}

function effectOf(rule: Rule): string {
  if (rule.kind === 'secret') return 'by confidence';
  return rule.effect;
}
