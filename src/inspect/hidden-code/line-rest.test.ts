import { describe, expect, it } from 'vitest';
import { type BlankedLine, mayRun, tongueOf } from './line-rest.ts';

function line(path: string, rest: string, more: Partial<BlankedLine> = {}): BlankedLine {
  return { tongue: tongueOf(path), before: '', rest, isCut: false, isIndent: true, ...more };
}

type Row = [path: string, rest: string, more?: Partial<BlankedLine>];

describe('what stands behind a run of blanks', () => {
  it.each<Row>([
    ['a.js', 'evil();'],
    ['a.js', '*/ evil();'],
    ['a.js', '*/ /* a */ evil();'],
    ['a.js', '** evil()'],
    ['a.js', '+ - + - + - + - + evil()'],
    ['a.js', '#evil()'],
    ['a.mjs', '<!--a[evil()]'],
    ['a.js', 'async evil => evil()'],
    ['a.js', 'x of evil()'],
    ['a.js', 'two words */ evil()'],
    ['a.js', 'a(`${evil()}`) two words'],
    ['a.tsx', 'two words {evil()}'],
    ['a.js', 'two w\\u006frds'],
    ['a.js', '/* not ended', { isCut: true }],
    ['a.js', 'two words and so on', { isCut: true }],
    ['a.js', 'two words/; evil()', { before: 't = /', isIndent: false }],
    ['a.js', 'evil()', { before: 'await', isIndent: false }],
    ['a.js', '"; evil()', { before: 'pad = "', isIndent: false }],
    ['a.php', '// a ?><?php evil();'],
    ['a.php', '#[evil]'],
    ['a.py', '// evil()'],
    ['a.py', 'print evil()'],
    ['a.py', 'two words"""; evil()'],
    ['a.py', 'two words {evil()}'],
    ['a.rb', '#{evil}'],
    ['a.sh', 'two words'],
    ['a.lua', '// evil()'],
    ['a.js', 'curl example.com -o evil'],
    ['a.js', 'y, which goes on', { before: 'an', isIndent: false }],
    ['a.js', '* two words; evil'],
    ['a.js', '* two words & evil'],
    ['a.js', '* two words <img src=a onerror=evil()>'],
    ['a.js', '* await evil'],
    ['a.js', '* evil("two words")'],
    ['a.js', '* two words', { isIndent: false }],
    ['a.js', '//bin/evil'],
    ['a.js', '// a; evil'],
    ['a.js', '/* ; evil; */'],
    ['a.gyp', 'two words'],
    ['a.py', 'y,', { before: 'if an', isIndent: false }],
    ['a.py', 'install evil'],
    ['a.js', '// */ evil()'],
    ['a.js', '// "; evil()', { before: 't = "', isIndent: false }],
    ['a.js', '// "; evil()', { isIndent: false }],
    ['a.js', '/* "; evil(); /* */', { before: 't = "', isIndent: false }],
    ['a.js', '// ]/; evil()', { before: 't = /[', isIndent: false }],
    ['a.js', '// `; evil()'],
    ['a.tsx', '// {evil()}'],
    ['a.py', '# "; evil()', { before: 't = "', isIndent: false }],
    ['a.py', '# """; evil()'],
    ['a.py', '# {evil()}'],
    ['a.sh', '# "; evil'],
    ['a.sh', '# $(evil)'],
  ])('may run in %s: %s', (path, rest, more) => {
    expect(mayRun(line(path, rest, more))).toBe(true);
  });

  it.each<Row>([
    ['a.js', '// a remark'],
    ['a.js', '/* a */ // and more'],
    ['a.js', "// it's a remark", { before: 'a("b");', isIndent: false }],
    ['a.js', '// of {Item}, and a/b'],
    ['a.js', '*/'],
    ['a.js', '*/ /**'],
    ['a.js', '* Render the list'],
    ['a.js', '* @param {string} options which ones'],
    ['a.js', "* a plain text, as it's called: a / b"],
    ['a.js', '|'],
    ['a.js', '";', { before: 'pad = "', isIndent: false }],
    ['a.php', '# a remark'],
    ['a.py', '# a remark'],
    ['a.rb', '# a remark'],
    ['a.sh', '# a remark'],
  ])('does not run in %s: %s', (path, rest, more) => {
    expect(mayRun(line(path, rest, more))).toBe(false);
  });
});
