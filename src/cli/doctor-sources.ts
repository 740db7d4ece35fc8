/** What `doctor` says of the repositories that tags and commits are looked up in. */
import { isCountersignError } from '../core/errors.ts';
import type { Project } from '../core/policy.ts';
import type { Config } from '../host/config.ts';
import type { CommandHost } from './command.ts';
import { type Check, fail, failWith, ok } from './doctor-checks.ts';

/** One check for each project with a `source`: whether it answers, and has a protected branch. */
export async function checkSources(
  config: Config,
  projects: Readonly<Record<string, Project>>,
  env: CommandHost['env'],
): Promise<readonly Check[]> {
  const { composeSources } = await import('../compose.ts');
  const sources = composeSources(config, env);
  const checks: Check[] = [];
  for (const [name, { source }] of Object.entries(projects)) {
    if (source === undefined) continue;
    const title = `source ${name}`;
    try {
      const branches = await sources.branchesAt(source.remote, source.branches);
      checks.push(
        branches.length === 0
          ? fail(
              title,
              `${source.remote} answers, and has no branch that fits ${source.branches.join(', ')}`,
              'correct source.branches: until then every release of this project is refused',
            )
          : ok(title, `${source.remote} answers; protected branches: ${branches.join(', ')}`),
      );
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      checks.push(failWith(title, error));
    }
  }
  return checks;
}
