/** Environment markers of requirements (PEP 508), as far as extras go. */

const WORD = /"[^"]*"|'[^']*'|[()]|[^\s()"']+|["']/g;
const SIGNS = ['(', ')', 'and', 'or'];
const EXTRA = /^(?:extra\s*={2,3}\s*(?:"[^"]*"|'[^']*')|(?:"[^"]*"|'[^']*')\s*={2,3}\s*extra)$/;
const DEPTH_MAX = 50;

/** Whether what stands behind the name of a requirement holds for nobody who asks for no extra, on
 * whatever machine: false where that cannot be told. */
export function isOfExtra(requirement: string): boolean {
  const at = requirement.indexOf(';');
  if (at === -1) return false;
  const tokens = tokensOf(requirement.slice(at + 1));
  let next = 0;

  function either(depth: number): boolean {
    let found = both(depth);
    while (tokens[next] === 'or') {
      next += 1;
      found = both(depth) || found;
    }
    return found;
  }
  function both(depth: number): boolean {
    let found = one(depth);
    while (tokens[next] === 'and') {
      next += 1;
      found = one(depth) && found;
    }
    return found;
  }
  function one(depth: number): boolean {
    const token = tokens[next];
    next += 1;
    if (token !== '(' || depth > DEPTH_MAX) return token === undefined || !EXTRA.test(token);
    const found = either(depth + 1);
    next += 1;
    return found;
  }
  const mayHold = either(0);
  return !mayHold && next === tokens.length;
}

/** Brackets, `and`, `or`, and the comparisons between them. */
function tokensOf(marker: string): readonly string[] {
  const found: string[] = [];
  let comparison: string[] = [];
  for (const word of [...(marker.match(WORD) ?? []), null]) {
    const isSign = word !== null && SIGNS.includes(word);
    if (word !== null && !isSign) comparison.push(word);
    else {
      if (comparison.length > 0) found.push(comparison.join(' '));
      comparison = [];
      if (word !== null) found.push(word);
    }
  }
  return found;
}
