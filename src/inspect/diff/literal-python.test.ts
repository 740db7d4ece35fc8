import { expect, test } from 'vitest';
import { call } from '../artifact/file-kind.ts';
import { isLiteralPython } from './literal-python.ts';

test.each([
  '"""About."""\n__version__ = "1.2.3"  # of a (release)\n',
  'VERSION = (1, 2, "final")\n__version__ = ".".join(map(str, VERSION))\n',
  'from __future__ import annotations\n__version__ = version = "1.2"\n__all__ = ["version"]\n',
  "__title__: str = 'a'\n__url__ = 'https://a.example/b(c)'\n",
  'TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Tuple\nelse:\n    VERSION_TUPLE = object\n',
  'info = (21, 2)\n__version__ = ".".join([str(v) for v in info])\nSERVER = "a/%s" % __version__\n',
])('only names values: %j', (text) => {
  expect(isLiteralPython(text)).toBe(true);
});

test.each([
  'import os\n',
  `__version__ = ${call('boot')})\n`,
  `__version__ = "1" + ${call('boot')}"x")\n`,
  `__version__ = f"{${call('boot')})}"\n`,
  '@boot\nclass A: pass\n',
  'len = eval\n',
  'from .boot import version\n',
  'a.b = "1"\n',
  '__version__ = "1"; import boot\n',
])('does or takes something: %j', (text) => {
  expect(isLiteralPython(text)).toBe(false);
});

test('quotes that nothing closes cost no more than their length', () => {
  const started = performance.now();
  isLiteralPython(`x = '''${"\\'''".repeat(4000)}`);
  expect(performance.now() - started).toBeLessThan(500);
});
