/** Names and values in what a bundler wrote. */
import { isMinified } from './example-context.ts';

/** Names that stand in bundles for nothing that pages may show. */
const BUNDLED_NAME =
  /secret$|secret_?(?:access_?)?key$|(?:private|encryption|signing|master|admin)_?key$|password$|(?:auth|bearer|refresh|bot|personal|deploy)_?token$/i;
/** What a variable of the environment is when nobody has set it, also in a bundle. */
const OF_ENVIRONMENT = /\benv(?:\.|\[["'])[A-Z0-9_]{0,64}$/;

/** Whether a value stands in a bundle under a name that pages may show; both texts are those around it,
 * the name itself left out. */
export function isShownByBundle(name: string, before: string, after: string): boolean {
  return isMinified(before, after) && !OF_ENVIRONMENT.test(before) && !BUNDLED_NAME.test(name);
}
