/** Whether the repository of an action has the commit that a workflow pins, or only a fork has it. */
import { CountersignError } from '../core/errors.ts';

import type { Observation, ObservedPin } from '../posture/settings.ts';
import { label, part, word } from './foreign-shape.ts';
import type { ForgeOptions } from './forge.ts';
import { GITHUB_HEADERS, GITHUB_REPOSITORY, githubPage } from './github-pages.ts';
import { createSettingsHttp, derive, type SettingsHttp } from './settings-http.ts';

/** `repository`: `owner/name`; `commit`: in full. */
export type PinToObserve = Omit<ObservedPin, 'reach'>;

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;

/** Branches that releases come from, beside the default one; each is a call. */
const RELEASE_BRANCH = /^(?:v?\d+(?:\.\w+)*|(?:release|releases|stable)(?:[-/].*)?)$/i;
const BRANCHES_MAX = 10;

/**
 * Each commit once, in the order given. Throws `unauthenticated` for a token that is not taken and
 * `internal` for what is no repository or commit; whatever cannot be seen is `unverified`.
 */
export async function observeGithubPins(
  options: ForgeOptions,
  pins: readonly PinToObserve[],
): Promise<readonly ObservedPin[]> {
  const http = createSettingsHttp({ ...options, headers: GITHUB_HEADERS }, options);
  const found: ObservedPin[] = [];
  const known = new Set<string>();
  for (const pin of pins) {
    const key = `${pin.repository} ${pin.commit}`.toLowerCase();
    if (known.has(key)) continue;
    known.add(key);
    if (!GITHUB_REPOSITORY.test(pin.repository) || !COMMIT.test(pin.commit)) {
      throw new CountersignError('internal', 'a pin is no repository and commit');
    }
    found.push({ ...pin, reach: await reachOf(http, pin) });
  }
  return found;
}

async function reachOf(
  http: SettingsHttp,
  { repository, commit }: PinToObserve,
): Promise<ObservedPin['reach']> {
  const path = `repos/${repository}`;
  const about = await http.read({ path, shape: part({ default_branch: label }) });
  if (about.kind === 'unverified') return about;
  const onDefault = await isBehind(http, path, about.value.default_branch, commit);
  if (onDefault.kind === 'unverified') return onDefault;
  if (onDefault.value) return derive(onDefault, () => 'branch');
  const tags = await http.list({
    path: `${path}/tags?per_page=100`,
    shape: githubPage(null, part({ commit: part({ sha: label }) }), (one) => one.commit.sha),
  });
  if (tags.kind === 'unverified') return tags;
  if (tags.value.includes(commit.toLowerCase())) return derive(tags, () => 'tag');
  return onOtherBranch(http, path, commit);
}

async function onOtherBranch(
  http: SettingsHttp,
  path: string,
  commit: string,
): Promise<ObservedPin['reach']> {
  const branches = await http.list({
    path: `${path}/branches?per_page=100`,
    shape: githubPage(null, part({ name: label, commit: part({ sha: label }) }), (one) => one),
  });
  if (branches.kind === 'unverified') return branches;
  if (branches.value.some((one) => one.commit.sha === commit.toLowerCase())) {
    return derive(branches, () => 'branch');
  }
  const releasing = branches.value.filter((one) => RELEASE_BRANCH.test(one.name));
  for (const { name } of releasing.slice(0, BRANCHES_MAX)) {
    const on = await isBehind(http, path, name, commit);
    if (on.kind === 'unverified') return on;
    if (on.value) return derive(on, () => 'branch');
  }
  return derive(branches, () => 'no-ref');
}

/**
 * "Compare two commits": the branch has the commit where that is `behind` it. The list of changed
 * files, which may be long, is on the first page alone.
 */
function isBehind(
  http: SettingsHttp,
  path: string,
  branch: string,
  commit: string,
): Promise<Observation<boolean>> {
  const range = `${encodeURIComponent(branch)}...${commit.toLowerCase()}`;
  const status = word({ behind: true, identical: true, ahead: false, diverged: false });
  return http.read({
    path: `${path}/compare/${range}?per_page=1&page=2`,
    shape: (value, where) => part({ status })(value, where).status,
    // of an unrelated history, or of no repository that the forge knows
    absent: (words) => (/no common ancestor/i.test(words) ? { value: false } : undefined),
  });
}
