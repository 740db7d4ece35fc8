/** Whether a token may go on behind its prefix, by the first bytes that follow. */
import { byteTable } from '../search/byte-table.ts';
import { escapePattern, isRun, leastOf, literalsOf, type Part, setOf } from './token-form.ts';

/** Bytes behind a keyword that are looked at. */
const LOOKED_AT = 4;

/** What parts a string that is put together, and what begins an escape: then the pattern decides. */
const PARTING = byteTable(/["'`\\]/);

/**
 * A check of the bytes behind a keyword, which is the prefix of one of `forms` and at most one
 * character more: false only where none of them can go on. Null where one may end before that. Most
 * places of a short prefix are names of other things.
 */
export function createFollowCheck(
  forms: readonly (readonly Part[])[],
): ((content: Uint8Array, at: number) => boolean) | null {
  const heads = forms.map(([, ...rest]) => headOf(rest));
  if (heads.includes(null)) return null;
  let table: Uint8Array | undefined;
  return (content, at) => {
    table ??= byteTable(new RegExp(heads.flat().join('|')));
    for (let place = at; place < at + LOOKED_AT; place += 1) {
      const byte = content[place] ?? 0;
      if (table[byte] !== 1) return PARTING[byte] === 1;
    }
    return true;
  };
}

/** What the first characters may be, whichever comes first, as classes of a pattern. */
function headOf(parts: readonly Part[]): readonly string[] | null {
  const classes: string[] = [];
  let sure = 0;
  for (const part of parts) {
    // one more, which the keyword may hold
    if (sure > LOOKED_AT) return classes;
    classes.push(...(isRun(part) ? [`[${setOf(part.alphabet)}]`] : charactersIn(literalsOf(part))));
    sure += leastOf([part]);
  }
  return sure > LOOKED_AT ? classes : null;
}

function charactersIn(literals: readonly string[]): readonly string[] {
  return [...literals.join('')].map(escapePattern);
}
