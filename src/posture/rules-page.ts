/** docs/posture-rules.md: every posture rule on one template. */
import { AREA_TITLES, AREAS, type Example, type PostureRule } from './rule.ts';

const SCOPES: Readonly<Record<PostureRule['scope'], string>> = {
  'publish-path': 'jobs on the publish path',
  workflows: 'every workflow; scored on the publish path',
  repository: "the repository's files",
  settings: 'settings of forge and registries',
};

const INTRODUCTION = `# Posture rules

What \`countersign posture\` asks of a repository, its forge and its registries. Each rule has an id that stands in
findings and here. The reference is the row of the table of controls that the rule answers, where it answers one.

\`declared\` findings were read in files, \`observed\` ones seen at a forge or registry. What could not be seen is
\`unverified\`, and never counts as met. A finding on the publish path counts in the score; others are told.

After \`UPDATE_DOCS=1 npm test -- test/meta/posture-rules\` this page is what the code says.
`;

/** The page for these rules, in Markdown, ending with a line end. */
export function renderPostureRulesPage(rules: readonly PostureRule[]): string {
  const sections = AREAS.flatMap((area) => {
    const own = rules.filter((rule) => rule.area === area);
    if (own.length === 0) return [];
    return [`\n## ${AREA_TITLES[area]}\n`, ...own.map(renderRule)];
  });
  return `${INTRODUCTION}${sections.join('')}`;
}

function renderRule(rule: PostureRule): string {
  const { reference, severity, confidence, scope, incidents } = rule;
  const cited = incidents.length === 0 ? '' : `\n- **Seen in.** ${incidents.map(cite).join(', ')}.`;
  return `
### ${rule.id}

${capitalise(rule.about)}.

| reference | severity | confidence | looks at |
|---|---|---|---|
| ${reference ?? '-'} | ${severity} | ${confidence} | ${SCOPES[scope]}${forgesOf(rule)} |

- **What goes wrong.** ${capitalise(rule.attack)}.${cited}
- **How to mend it.** ${capitalise(rule.mend)}.
${renderExamples(rule)}`;
}

/** What a rule about workflows is shown; a file of the repository has no forge. */
function forgesOf({ scope, forges = ['github'] }: PostureRule): string {
  if (scope === 'repository' || scope === 'settings') return '';
  const names = forges.map((forge) => (forge === 'github' ? 'GitHub' : 'GitLab'));
  return `; ${names.join(' and ')}`;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function cite(incident: string): string {
  return `[${incident}](incidents.md)`;
}

/** The first bad example, then what a fix makes of it, or the first fine one. */
function renderExamples({ examples }: PostureRule): string {
  const [bad] = examples.bad;
  const [fine] = examples.fine;
  if (bad === undefined || fine === undefined) return '';
  const after = bad.fixed === undefined ? fine : { ...bad, about: fine.about, files: bad.fixed };
  return `\nBefore: ${bad.about}\n${renderFiles(bad)}\nAfter: ${after.about}\n${renderFiles(after)}`;
}

function renderFiles({ files }: Example): string {
  const blocks = Object.entries(files).map(([path, text]) => {
    const language = /\.ya?ml$/.test(path) ? 'yaml' : 'text';
    const first =
      Object.keys(files).length === 1 && path.startsWith('.github/workflows/') ? '' : `# ${path}\n`;
    return `\n\`\`\`${language}\n${first}${text.trimEnd()}\n\`\`\`\n`;
  });
  return blocks.length === 0 ? '\n(a setting, not a file)\n' : blocks.join('');
}
