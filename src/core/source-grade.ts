/** What a source claim is worth, and what speaks against it. Pure: a stranger gets the same. */
import type { CiBinding, Project, SourceGrade } from './policy.ts';
import type {
  ClaimedArtifact,
  Provenance,
  SourceClaim,
  SourceExpectation,
} from './source-claim.ts';
import { matchesTagFilter } from './tag-filter.ts';

/** Runs that somebody else's branch can start. */
const FOREIGN_TRIGGERS = /^(?:pull_request|merge_request|external_pull_request|issue_comment)/;

/** The part of a project's signed rules that claims are held against. */
export function expectationOf(project: Project): SourceExpectation {
  return {
    repository: project.repository,
    ci: project.ci ?? [],
    source: project.source ?? null,
    provenance: project.provenance ?? null,
  };
}

/**
 * How well the source is known. `resolved`: the gateway found the commit itself, at the tag where
 * the release has one, and a protected branch reaches it. `attested`: every artifact has provenance
 * that fits. `oidc`: a verified CI run asked. Whatever speaks against the claim leaves `asserted`.
 */
export function gradeOf(claim: SourceClaim): SourceGrade {
  const { git, artifacts, identity } = claim;
  const isSound =
    tagProblem(claim) === null &&
    branchProblem(claim) === null &&
    artifacts.every((one) => provenanceProblems(claim, one).length === 0);
  if (!isSound) return 'asserted';
  if (git !== null && git.commit !== null) return 'resolved';
  const isAttested = (one: ClaimedArtifact) => one.attestations.length > 0;
  if (claim.expected.ci.length > 0 && artifacts.length > 0 && artifacts.every(isAttested)) {
    return 'attested';
  }
  return identity === null ? 'asserted' : 'oidc';
}

/** Why tag and commit do not hold, as a clause that names both; null where they do. */
export function tagProblem({ git, tag, commit, opened }: SourceClaim): string | null {
  if (git === null) return null;
  const now = git.tag;
  if (now === null) {
    if (git.opened !== null) {
      return `tag ${tag} was at commit ${git.opened.commit} when the release was opened, and is gone now`;
    }
    if (opened === 'by-tag') return `tag ${tag} does not exist at the remote`;
    return git.commit === null ? 'the release names neither a tag that exists nor a commit' : null;
  }
  if (git.opened !== null && now.commit !== git.opened.commit) {
    return `tag ${tag} was at commit ${git.opened.commit} when the release was opened, and is at ${now.commit} now`;
  }
  if (git.opened !== null && now.object !== git.opened.object) {
    return `tag ${tag} was made anew: it was object ${git.opened.object} when the release was opened, and is ${now.object} now`;
  }
  if (commit !== null && now.commit !== commit) {
    return `the release was opened for commit ${commit}, and tag ${tag} is at ${now.commit}`;
  }
  return null;
}

/** Why no protected branch reaches the commit; null where one does, or where nobody could look. */
export function branchProblem({ git, expected }: SourceClaim): string | null {
  if (git === null || git.commit === null || git.branches.length > 0) return null;
  const patterns = expected.source?.branches.join(', ') ?? '';
  return `no protected branch (${patterns}) reaches commit ${git.commit}`;
}

/** What is wrong with the provenance of one artifact, each as a sentence's end; empty where all of
 * it fits. An artifact without any has no problem here. */
export function provenanceProblems(claim: SourceClaim, artifact: ClaimedArtifact): string[] {
  return artifact.attestations.flatMap(({ says, problem }) => {
    if (says === null) return [problem ?? 'it could not be read'];
    return mismatchesOf(claim, says);
  });
}

function mismatchesOf(claim: SourceClaim, says: Provenance): string[] {
  const problems: string[] = [];
  const expect = (what: string, expected: string | null, found: string | null): void => {
    if (expected !== null && expected !== found) {
      problems.push(`it is of ${what} ${found ?? '(none named)'}, expected ${expected}`);
    }
  };
  const { repository, ci } = claim.expected;
  expect('repository', repository === null ? null : `https://${repository}`, says.repository);
  const binding = ci.find((one) => fits(one, says)) ?? ci[0];
  if (binding !== undefined) {
    expect('issuer', binding.issuer, says.issuer);
    expect('repository number', binding.repository, says.repositoryId);
    expect('owner number', binding.owner, says.ownerId);
    expect('workflow', binding.workflow, says.workflow);
  }
  if (!fitsRef(claim, says.ref)) {
    problems.push(`it is of ref ${says.ref ?? '(none named)'}, expected ${expectedRefs(claim)}`);
  }
  expect('commit', expectedCommit(claim), says.commit);
  if (says.commit === null) problems.push('it names no commit');
  if (says.trigger !== null && FOREIGN_TRIGGERS.test(says.trigger)) {
    problems.push(`it comes from a run that ${says.trigger} started, which others can`);
  }
  return problems;
}

function fits(binding: CiBinding, says: Provenance): boolean {
  return (
    binding.issuer === says.issuer &&
    binding.repository === says.repositoryId &&
    binding.owner === says.ownerId &&
    binding.workflow === says.workflow
  );
}

/** The tag; and a protected branch only where somebody opened the release beforehand. */
function fitsRef({ tag, opened, expected }: SourceClaim, ref: string | null): boolean {
  if (ref === `refs/tags/${tag}`) return true;
  if (opened === 'by-tag' || ref === null || !ref.startsWith('refs/heads/')) return false;
  const patterns = expected.source?.branches ?? [];
  return patterns.length > 0 && matchesTagFilter(patterns, ref.slice('refs/heads/'.length));
}

function expectedRefs({ tag, opened, expected }: SourceClaim): string {
  const branches = opened === 'by-tag' ? [] : (expected.source?.branches ?? []);
  return [`refs/tags/${tag}`, ...branches.map((one) => `refs/heads/${one}`)].join(' or ');
}

/** By git, else by the opening, else the first that provenance names: all must say the same. */
function expectedCommit({ git, commit, artifacts }: SourceClaim): string | null {
  const named = artifacts.flatMap((one) =>
    one.attestations.map(({ says }) => says?.commit ?? null),
  );
  return git?.commit ?? commit ?? named.find((one) => one !== null) ?? null;
}
