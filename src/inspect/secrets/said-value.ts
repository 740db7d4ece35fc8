/** How a note or a sentence gives a secret away: what stands between its name and the value, and what
 * may follow that. */
import type { SecretMatch } from '../rule.ts';
import { inAnyCase } from './name-spelling.ts';

/** What says that a name has a value. */
export const SAYS: string = [
  ...[':', '=', '->', '=>'],
  ...['is now', 'is', 'was'].map(inAnyCase),
].join('|');

/** A value of so many characters, as the group `value`, without what ends a sentence. */
export function saidValue(least: number): string {
  return `(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:-]{${least},300}(?<![.:!?*_]))`;
}

/** Whether the value ends where it seems to: a part of more is none. */
export function isWhole({ after }: SecretMatch): boolean {
  return /^["'`*]{0,3}[.,;)\]]{0,2}(?:\s|\\n|<|$)/.test(after);
}
