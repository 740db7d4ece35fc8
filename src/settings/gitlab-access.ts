/**
 * Who may do what at GitLab: access levels as protected tags, branches and environments list them
 * (docs.gitlab.com/api/protected_tags, protected_branches, protected_environments).
 */
import { integer, list, type Read } from '../core/shape.ts';
import type { BypassActor, Reviewer } from '../posture/settings.ts';
import { fallback, label, part } from './foreign-shape.ts';

/** `access_level` 0 is nobody; 30 developers, 40 maintainers, 60 administrators. */
const accessLevel = part({
  access_level: fallback(integer(0, 100), null),
  access_level_description: fallback(label, null),
  user_id: fallback(integer(0), null),
  group_id: fallback(integer(0), null),
  deploy_key_id: fallback(integer(0), null),
});

export type AccessLevel = Read<typeof accessLevel>;

export const accessLevels = fallback(list(accessLevel, 1_000), []);

/** Those whom the protection lets through; nobody where every level is "no access". */
export function actorsOf(levels: readonly AccessLevel[]): readonly BypassActor[] {
  return levels.filter(lets).map((level) => {
    const mode = 'always';
    if (level.deploy_key_id !== null) return { kind: 'deploy-keys', name: null, mode };
    const name = level.access_level_description;
    if (level.user_id !== null) return { kind: 'person', name: name ?? `${level.user_id}`, mode };
    if (level.group_id !== null) return { kind: 'team', name: name ?? `${level.group_id}`, mode };
    return { kind: 'role', name: name ?? `level ${level.access_level}`, mode };
  });
}

/** Deploy keys approve nothing and are left out. */
export function reviewersOf(levels: readonly AccessLevel[]): readonly Reviewer[] {
  return actorsOf(levels).flatMap(({ kind, name }): Reviewer[] => {
    if (name === null) return [];
    return [{ kind: kind === 'person' || kind === 'team' ? kind : 'role', name }];
  });
}

function lets(level: AccessLevel): boolean {
  const isNamed = level.user_id !== null || level.group_id !== null || level.deploy_key_id !== null;
  return isNamed || level.access_level !== 0;
}
