import { replaceSpan } from '../edits/line-edit.ts';
import {
  type AuditContext,
  eachJob,
  type Fix,
  type PostureRule,
  type Problem,
  pipelineFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import { type NamedValue, namedValue } from '../workflow.ts';

const BAD = `publish:
  variables:
    CI_DEBUG_TRACE: "true"
  script: [npm publish package.tgz]
`;

export const rule: PostureRule = {
  id: 'pipeline-debug-trace',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  forges: ['gitlab'],
  fixForges: ['gitlab'],
  about: 'no pipeline of GitLab writes its commands and variables into the job log',
  attack:
    'the runner writes every command with the values of all variables into the log, where whoever may read it finds the tokens',
  mend: 'take CI_DEBUG_TRACE out of the file, rotate what the old logs show, and delete these; for one run set it by hand',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'tracing in a job that publishes',
        files: pipelineFile(BAD),
        found: ['.gitlab-ci.yml:3'],
        fixed: pipelineFile(BAD.replace('true', 'false')),
      },
      {
        about: 'tracing in all jobs',
        files: pipelineFile('variables: { CI_DEBUG_TRACE: 1 }\ntest: { script: [make test] }\n'),
        found: ['.gitlab-ci.yml:1'],
        fixed: pipelineFile(
          'variables: { CI_DEBUG_TRACE: "false" }\ntest: { script: [make test] }\n',
        ),
      },
    ],
    fine: [{ about: 'no tracing', files: pipelineFile(BAD.replace('true', 'false')) }],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    const { source } = workflow;
    yield* judge(source, workflow.env, { message: 'every job writes its variables into its log' });
  }
  for (const { workflow, job } of eachJob(context)) {
    const message = `job "${job.id}" writes its variables into its log`;
    yield* judge(workflow.source, job.env, { message, job });
  }
}

function* judge(
  source: SourceText,
  values: readonly NamedValue[],
  problem: Pick<Problem, 'message' | 'job'>,
): Generator<Problem> {
  const value = namedValue(values, 'CI_DEBUG_TRACE');
  if (value === null || !/^(?:true|1|yes|on)$/i.test(value.text)) return;
  const written = source.text.slice(value.span.start, value.span.end);
  const isExact = written.replaceAll(/^["']|["']$/g, '') === value.text;
  const fix: Fix = {
    about: 'switch the tracing off',
    changesBehaviour: false,
    edits: [replaceSpan(source, value.span, '"false"')],
  };
  yield { source, span: value.span, ...problem, ...(isExact && { fix }) };
}
