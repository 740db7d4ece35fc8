import type { Include } from '../gitlab/pipeline.ts';
import { type AuditContext, type PostureRule, type Problem, pipelineFile } from '../rule.ts';
import { isCommit } from '../uses-reference.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256-${'A'.repeat(43)}=`;

const BAD = `include:
  - { project: alice/ci, file: publish.yml }
  - { project: alice/ci, ref: v1, file: test.yml }
  - remote: https://ci.example/lint.yml
  - component: gitlab.com/alice/scan/scan@~latest
publish:
  script: [npm publish package.tgz]
`;

export const rule: PostureRule = {
  id: 'include-unpinned',
  reference: 'W01',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  forges: ['gitlab'],
  about: 'what a pipeline of GitLab includes from elsewhere is pinned to a commit or a digest',
  attack:
    'whoever can push to the included project, or controls the address, adds jobs and scripts to the pipeline, and they run with its variables and identity',
  mend: 'give projects a whole commit as ref, remote files their integrity, and components a commit behind the @; let a bot bring newer ones',
  incidents: ['I19', 'I33', 'I34'],
  examples: {
    bad: [
      {
        about:
          'a project by its default branch and by a tag, an address, the newest of a component',
        files: pipelineFile(BAD),
        found: [2, 3, 4, 5].map((line) => `.gitlab-ci.yml:${line}`),
      },
    ],
    fine: [
      {
        about: 'the same by commits and by a digest, and what belongs to the forge or the project',
        files: {
          ...pipelineFile(`include:
  - { project: alice/ci, ref: ${COMMIT}, file: publish.yml }
  - { remote: 'https://ci.example/lint.yml', integrity: ${DIGEST} }
  - component: gitlab.com/alice/scan/scan@${COMMIT}
  - component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/scan@$CI_COMMIT_SHA
  - template: Jobs/SAST.gitlab-ci.yml
  - local: ci/test.yml
publish:
  script: [npm publish package.tgz]
`),
          'ci/test.yml': 'test: { script: [npm test] }\n',
        },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    for (const include of workflow.pipeline?.includes ?? []) {
      const found = looseness(include);
      if (found === null) continue;
      yield {
        source: workflow.source,
        span: (include.ref ?? include.name).span,
        message: `${include.name.text.slice(0, 100)} ${found.message}`,
        severity: found.isRelease ? 'medium' : context.path.touches(workflow) ? 'critical' : 'high',
      };
    }
  }
}

interface Looseness {
  readonly message: string;
  /** A whole version of the catalogue, which only a deleted tag can move. */
  readonly isRelease: boolean;
}

function looseness({ kind, name, ref, integrity }: Include): Looseness | null {
  if (kind === 'project') return looseRef(ref?.text ?? null);
  if (kind === 'remote' && integrity === null) {
    return { message: 'is included without a digest of what it is', isRelease: false };
  }
  if (kind !== 'component') return null;
  const at = name.text.lastIndexOf('@');
  return looseRef(at === -1 ? null : name.text.slice(at + 1));
}

/** A variable is nobody's guess; most often it is the commit that runs. */
function looseRef(ref: string | null): Looseness | null {
  if (ref === null) return { message: 'is included from its default branch', isRelease: false };
  if (isCommit(ref) || ref.includes('$')) return null;
  return {
    message: `is included by "${ref.slice(0, 60)}", which can be moved`,
    isRelease: /^\d+\.\d+\.\d+$/.test(ref),
  };
}
