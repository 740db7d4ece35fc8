/**
 * Settings of a project at GitLab, by its REST API of version 4 (docs.gitlab.com/api). Each call
 * names the page of that documentation. What GitLab calls a protected tag or branch reads as a
 * ruleset whose bypass list holds whoever the protection lets through.
 */
import { CountersignError } from '../core/errors.ts';
import type { Read } from '../core/shape.ts';
import { quoteForeign } from '../formats/text.ts';
import type {
  ActionsSettings,
  ForgeSettings,
  JobTokenScope,
  Observation,
  SecretEntry,
} from '../posture/settings.ts';
import { fallback, flag, label, moment, part, word } from './foreign-shape.ts';
import type { ForgeObserver, ForgeOptions } from './forge.ts';
import { observeGitlabEnvironments } from './gitlab-environments.ts';
import { gitlabPage } from './gitlab-page.ts';
import {
  observeBranches,
  observeProtection,
  observeTags,
  toBranchRulesets,
} from './gitlab-refs.ts';
import { createSettingsHttp, derive, type SettingsHttp, unverified } from './settings-http.ts';
import { unseenForge } from './unseen.ts';

const PROJECT = /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*){1,20}$/;

/**
 * `baseUrl`: what GitLab CI sets as CI_API_V4_URL. Throws `config-invalid`; `observe` throws
 * `malformed-name` for what is not `group/project`.
 */
export function createGitlabSettings(options: ForgeOptions): ForgeObserver {
  const http = createSettingsHttp(options, options);
  return {
    async observe(repository) {
      if (repository.length > 500 || !PROJECT.test(repository)) {
        throw new CountersignError(
          'malformed-name',
          `expected a project such as alice/aitbc, found ${quoteForeign(repository)}`,
        );
      }
      return observeProject(http, repository);
    },
  };
}

/** "Get a single project"; fields beside the first four depend on the rights of the token. */
const projectShape = part({
  path_with_namespace: label,
  default_branch: label,
  visibility: word({ public: 'public', internal: 'internal', private: 'private' } as const),
  namespace: part({
    kind: word({ group: 'organization', user: 'person' } as const),
    full_path: label,
  }),
  ci_push_repository_for_job_token_allowed: fallback(flag, null),
  allow_pipeline_trigger_approve_deployment: fallback(flag, null),
});

type Project = Read<typeof projectShape>;

async function observeProject(http: SettingsHttp, repository: string): Promise<ForgeSettings> {
  const path = `projects/${encodeURIComponent(repository)}`;
  const seen = await http.read({ path, shape: projectShape });
  if (seen.kind === 'unverified') return unseenForge('gitlab', repository, seen.reason);
  const project = seen.value;
  const branches = await observeBranches(http, path);
  return {
    forge: 'gitlab',
    repository: project.path_with_namespace,
    visibility: derive(seen, (one) => one.visibility),
    owner: derive(seen, (one) => one.namespace.kind),
    defaultBranch: derive(seen, (one) => one.default_branch),
    environments: await observeGitlabEnvironments(
      http,
      path,
      project.allow_pipeline_trigger_approve_deployment,
      seen.at,
    ),
    tagRulesets: await observeTags(http, path),
    branchRulesets: toBranchRulesets(branches),
    branchProtection: await observeProtection(http, path, branches, project.default_branch),
    actions: await observePipelines(http, path, project),
    secrets: {
      organization:
        project.namespace.kind === 'person'
          ? derive(seen, () => [])
          : await variables(http, `groups/${encodeURIComponent(project.namespace.full_path)}`),
      repository: await variables(http, path),
    },
    immutableReleases: unverified('not offered by GitLab'),
    runners: await observeRunners(http, path),
    writingDeployKeys: await observeDeployKeys(http, path),
  };
}

/** "CI/CD job token scope". GitLab has no switches for actions, but for what a job token may do. */
async function observePipelines(
  http: SettingsHttp,
  path: string,
  project: Project,
): Promise<ActionsSettings> {
  const scope = await http.read({
    path: `${path}/job_token_scope`,
    needsToken: true,
    shape: part({ inbound_enabled: flag }),
  });
  const foreign = unverified('not offered by GitLab');
  return {
    allowed: foreign,
    pinningRequired: foreign,
    defaultPermissions: foreign,
    mayApprovePullRequests: foreign,
    forkApproval: foreign,
    jobToken: derive(
      scope,
      (one): JobTokenScope => ({
        limited: one.inbound_enabled,
        mayPush: project.ci_push_repository_for_job_token_allowed,
      }),
    ),
  };
}

/** "Project-level CI/CD variables", "Group-level ...": the answer holds values, which are not taken. */
function variables(http: SettingsHttp, path: string): Promise<Observation<readonly SecretEntry[]>> {
  return http.list({
    path: `${path}/variables?per_page=100`,
    needsToken: true,
    shape: gitlabPage(
      part({
        key: label,
        protected: fallback(flag, false),
        masked: fallback(flag, false),
        environment_scope: fallback(label, '*'),
      }),
      (one) => ({
        name: one.key,
        createdAt: null,
        updatedAt: null,
        guard: {
          protectedRefsOnly: one.protected,
          masked: one.masked,
          environments: one.environment_scope,
        },
      }),
    ),
  });
}

/** "List project's runners": those of the project alone. */
function observeRunners(http: SettingsHttp, path: string): Promise<ForgeSettings['runners']> {
  return http.list({
    path: `${path}/runners?type=project_type&per_page=100`,
    needsToken: true,
    shape: gitlabPage(
      part({ description: fallback(label, 'without a description'), status: fallback(label, '') }),
      (one) => ({
        name: one.description,
        labels: [],
        online: one.status === 'online',
        ephemeral: null,
      }),
    ),
  });
}

/** "List deploy keys for project". */
async function observeDeployKeys(
  http: SettingsHttp,
  path: string,
): Promise<ForgeSettings['writingDeployKeys']> {
  const keys = await http.list({
    path: `${path}/deploy_keys?per_page=100`,
    needsToken: true,
    shape: gitlabPage(
      part({ title: label, can_push: fallback(flag, false), created_at: fallback(moment, null) }),
      (one) => one,
    ),
  });
  return derive(keys, (all) =>
    all
      .filter((one) => one.can_push)
      .map((one) => ({ title: one.title, createdAt: one.created_at, lastUsedAt: null })),
  );
}
