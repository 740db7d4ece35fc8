import { codeOwners, OWNERS_PATHS } from '../code-owners.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { workflowFile } from '../rule.ts';
import { SourceText } from '../source-text.ts';

const RELEASE_FILE =
  /^(?:\.github\/(?:workflows|actions)\/.+|\.gitlab-ci\.ya?ml|(?:.*\/)?(?:\.npmrc|\.pypirc)|\.releaserc(?:\..+)?|release\.config\.[cm]?js|lerna\.json|\.changeset\/config\.json)$/;
/** Paths that one message names. */
const NAMED_MAX = 5;

const WORKFLOW = workflowFile('on: push\njobs: { release: { steps: [{ run: npm publish }] } }\n');

export const rule: PostureRule = {
  id: 'release-files-unowned',
  reference: 'W29',
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  about:
    'CODEOWNERS names somebody for the workflows, for what a release is configured with, and for itself',
  attack:
    'whoever may have any change reviewed by anybody changes the release workflow in passing, and publishes with what it may do',
  mend: 'name a team for /.github/ and for the release configuration in .github/CODEOWNERS, and ask for the review of code owners on the default branch',
  incidents: ['I22', 'I27', 'I42'],
  examples: {
    bad: [
      {
        about: 'nobody owns anything',
        files: WORKFLOW,
        found: ['.github/workflows/release.yml:1'],
      },
      {
        about: 'owners of the sources alone',
        files: { ...WORKFLOW, CODEOWNERS: '/src/ @alice\n' },
        found: ['CODEOWNERS:1'],
      },
      {
        about: 'a later line without owners takes them away',
        files: { ...WORKFLOW, '.github/CODEOWNERS': '* @alice\n/.github/workflows/\n' },
        found: ['.github/CODEOWNERS:1'],
      },
    ],
    fine: [
      { about: 'one owner of everything', files: { ...WORKFLOW, CODEOWNERS: '* @alice @bob\n' } },
      {
        about: 'owners of the folder',
        files: { ...WORKFLOW, '.github/CODEOWNERS': '# release\n/.github/ @example/release\n' },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (!context.path.jobs.some(({ onPath }) => onPath !== null)) return;
  const owners = OWNERS_PATHS.flatMap((path) => context.files.get(path) ?? [])[0];
  const wanted = [...context.files.keys()].filter(
    (path) => RELEASE_FILE.test(path) || path === context.gateway?.path,
  );
  if (owners === undefined) {
    const [first] = context.workflows;
    yield {
      source: first?.source ?? null,
      span: first?.triggersSpan ?? null,
      message: 'there is no CODEOWNERS, so that anybody may review a change of the release',
    };
    return;
  }
  if (owners.text === null) return;
  const ownersOf = codeOwners(owners.text);
  const unowned = [...wanted, owners.path].filter((path) => ownersOf(path).length === 0);
  if (unowned.length === 0) return;
  const more = unowned.length - NAMED_MAX;
  yield {
    source: new SourceText(owners.path, owners.text),
    span: { start: 0, end: 0 },
    message: `${owners.path} names nobody for ${unowned.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  };
}
