import type { RepositoryFile } from '../repository.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { SourceText } from '../source-text.ts';

const POLICY = /^(?:\.github\/|docs\/|\.gitlab\/)?security(?:\.[a-z]+)?$/i;
const REPORT = /report|disclos|contact|melde|vulnerabilit/i;
const PLACE = /[^\s@]+@[^\s@]+\.[a-z]{2,}|https?:\/\/|\]\([^)]+\)|advisor(?:y|ies)|privately/i;

export const rule: PostureRule = {
  id: 'security-policy',
  reference: null,
  severity: 'low',
  confidence: 'proven',
  area: 'audit-trail',
  scope: 'repository',
  about: 'a security policy says how to report a vulnerability in private',
  attack:
    'who finds a hole, or a malicious release, has nobody to tell: it is told in public, or not at all, while the bad version stays up',
  mend: 'add SECURITY.md with an address or a private form, and how soon somebody answers',
  incidents: [],
  examples: {
    bad: [
      { about: 'no policy', files: { 'package.json': '{}' }, found: ['settings'] },
      {
        about: 'a policy that names no place to report to',
        files: { 'SECURITY.md': '# Security\n\nWe care about it.\n' },
        found: ['SECURITY.md:1'],
      },
    ],
    fine: [
      {
        about: 'an address',
        files: { 'SECURITY.md': 'Report vulnerabilities to security@example.com.\n' },
      },
      {
        about: 'a private form of the forge',
        files: { '.github/SECURITY.md': 'Report it privately, under "Report a vulnerability".\n' },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const found = [...context.files.values()].filter(({ path }) => POLICY.test(path));
  if (found.some(saysWhere)) return;
  const [first] = found;
  yield first === undefined
    ? { source: null, span: null, message: 'there is no SECURITY.md' }
    : {
        source: new SourceText(first.path, first.text ?? ''),
        span: { start: 0, end: 0 },
        message: `${first.path} names no place to report a vulnerability to`,
      };
}

/** A policy that was not read, such as a link to one, is taken for one. */
function saysWhere({ text }: RepositoryFile): boolean {
  return text === null || (REPORT.test(text) && PLACE.test(text));
}
