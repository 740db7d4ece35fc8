/** A difference in one clause, for findings: what of it runs, loads or brings along. */
import { quoteForeign } from '../../formats/text.ts';
import type { SummaryDifference } from './difference.ts';
import { BRINGS, LOADS, RUNS } from './difference-text.ts';

const NAMES_SHOWN = 5;
const NAME_LENGTH = 40;

/** Hooks, ways in, dependencies and abilities that only one of the two has, or both otherwise; each
 * text is a list of names, null where there is none. */
export interface DifferenceWords {
  readonly onlyBefore: string | null;
  readonly onlyAfter: string | null;
  readonly otherwise: string | null;
}

/** Names are quoted, and at most a few are shown. */
export function wordsOf({ facts, capabilities, lost }: SummaryDifference): DifferenceWords {
  const told = [RUNS, LOADS, BRINGS].flatMap((kind) => facts.filter((one) => kind.test(one.name)));
  const names = (some: typeof told) => some.map((one) => quoteForeign(one.name, NAME_LENGTH));
  return {
    onlyBefore: listOf([
      ...names(told.filter((one) => one.after === null)),
      ...lost.map((one) => one.id),
    ]),
    onlyAfter: listOf([
      ...names(told.filter((one) => one.before === null)),
      ...capabilities.map((one) => one.id),
    ]),
    otherwise: listOf(names(told.filter((one) => one.before !== null && one.after !== null))),
  };
}

function listOf(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const more = names.length - NAMES_SHOWN;
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
