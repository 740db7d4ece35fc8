/** Which files of a repository the rules want to see more of than their path and mode. */
import { passiveKind } from '../inspect/artifact/file-kind.ts';
import { isAudited } from './audit.ts';

/** By file name, in any folder. */
const READ_NAMES =
  /^(?:package\.json|pyproject\.toml|setup\.(?:cfg|py)|\.npmrc|\.pypirc|codeowners|change(?:log|s)(?:\.[a-z]+)?|history(?:\.[a-z]+)?|news(?:\.[a-z]+)?|security(?:\.[a-z]+)?|countersign\.ya?ml)$/i;
/** By path from the root. */
const READ_PATHS =
  /^(?:\.gitlab-ci\.ya?ml|\.gitlab\/(?:.+\/)?[^/]+\.ya?ml|\.github\/(?:dependabot|renovate)\.[a-z0-9]+|renovate\.json5?)$/;
/** What workflows may start to publish: by name from the root, or by what it is. */
const SCRIPTS = /^(?:GNUm|m|M)akefile$|\.(?:sh|bash)$/;
/** Other people's code, whatever it is called. */
const FOREIGN = /(?:^|\/)(?:node_modules|bower_components|vendor|third_party)\//;

/** Whether rules read the text of the file at `path`. */
export function isReadByRules(path: string): boolean {
  if (isAudited(path) || READ_PATHS.test(path)) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (READ_NAMES.test(name) || SCRIPTS.test(path)) && !FOREIGN.test(path);
}

/** Whether an audit that has not read the file at `path` does not know what the repository runs. */
export function mustBeRead(path: string): boolean {
  return isAudited(path);
}

/** Whether the file could be a script, so that it matters how it begins. */
export function mayBeScript(path: string): boolean {
  return passiveKind(path) === null;
}
