import { describe, expect, test } from 'vitest';
import { inspectSample } from '../../../test/inspection/sample-inspection.ts';
import { call } from '../artifact/file-kind.ts';
import { rule as firstUsed } from '../rules/capability-first-used.ts';
import { npmChange } from '../samples/sample-artifact.ts';
import { createCapabilityReader } from './capabilities.ts';

function show(path: string, text: string, form: 'text' | 'binary' = 'text') {
  const content = Buffer.from(text, 'latin1');
  const reader = createCapabilityReader({ path, form, content });
  reader.look(content);
  return reader.ids();
}

const [R, I, E, F] = ['require', 'import', 'eval', 'new Function'].map(call) as [
  string,
  string,
  string,
  string,
];

describe('what JavaScript can do', () => {
  test.each([
    ['process', `${R}"child_process")`],
    ['network', `${R} "https" ).get(u)`],
    ['network', `${R}\`https\`).get(u)`],
    ['network', `const load = createRequire(u); load("node:https")`],
    ['network', 'globalThis["fetch"](u)'],
    ['network', 'const send = globalThis.fetch; send(u)'],
    ['network', `process.getBuiltinModule("https")`],
    ['eval', `${E}x)`],
    ['eval', `${F}x)`],
    ['eval', `(0,${E.slice(0, -1)})("x")`],
    ['eval', `globalThis.${E}"x")`],
    ['eval', 'Function(atob(x))()'],
    ['eval', 'setTimeout("x()", 1)'],
    ['eval', `${I}"data:text/javascript,x")`],
    ['eval', 'module._compile(x, "a")'],
    ['environment', 'send(JSON.stringify(globalThis.process.env))'],
    ['environment', 'send(JSON.stringify(process["env"]))'],
    ['environment', 'const e = process.env; send(JSON.stringify(e))'],
    ['environment', 'const { env: all } = process; send(Object.entries(all))'],
    ['environment', 'for (const one in process.env) send(one)'],
    ['credential-files', 'join(home, ".aws", "credentials")'],
    ['credential-files', 'read(home + "/.aws/" + "credentials")'],
    ['paste-host', 'send("https://api.telegram.org/bot1")'],
    ['hidden-call', `${R}"child" + "_process")`],
    ['hidden-call', `${I}"node:child" + "_process")`],
    ['hidden-call', `${R}"\\x63hild")`],
    ['hidden-call', 'globalThis["ev" + "al"]("x")'],
    ['hidden-call', 'process.binding("spawn_sync")'],
    ['hidden-call', 'process.mainModule.require(x)'],
    ['hidden-call', 'module.constructor._load(x)'],
    ['hidden-call', '[]["constructor"]["constructor"]("x")()'],
    ['hidden-call', '(() => {}).constructor("return process")()'],
    ['hidden-call', `${R}"./b.dat")`],
    ['native-call', 'new WebAssembly.Module(x)'],
    ['native-call', 'WebAssembly.instantiateStreaming(x)'],
    ['native-call', 'WebAssembly["instantiate"](x)'],
    ['native-call', 'const { compile } = WebAssembly'],
    ['native-call', 'const W = globalThis.WebAssembly;'],
    ['eval', 'const F = Function.prototype.constructor; F(x)()'],
    ['eval', 'Object.getPrototypeOf(async function () {}).constructor'],
    ['eval', 'const F = (() => {}).constructor; F(x)()'],
    ['eval', `a${'[+!+[]]'.repeat(20)}`],
    ['hidden-call', 'globalThis[name](x)'],
    ['hidden-call', 'Reflect.get(globalThis, name)(x)'],
    ['hidden-call', `${R}["child", "process"].join("_"))`],
    ['hidden-call', `${R}atob(x))`],
    ['hidden-call', `${R}/* a */ "child" + "_process")`],
    ['hidden-call', 'process["getBuiltinModule"](x)'],
    ['hidden-call', 'const { binding: b } = process; b("spawn_sync")'],
    ['hidden-call', 'globalThis[atob(x)](y)'],
    ['hidden-call', 'const load = require; load(x)'],
    ['eval', `${E.slice(0, -1)}?.("x")`],
    ['eval', 'const run = eval; run(x)'],
    ['eval', 'Reflect.construct(Function, [x])()'],
    ['eval', '(async () => {}).constructor(x)()'],
    ['eval', 'new Worker(x, { "eval": 1 })'],
    ['eval', 'session.post("Runtime.evaluate", { expression: x })'],
    ['network', 'await import("https://a.example/a.js")'],
    ['environment', 'send(structuredClone(process.env))'],
    ['start-files', 'append(home + "/.bashrc", x)'],
    ['start-files', 'write(".git/hooks/pre-commit", x)'],
  ])('%s: %s', (id, text) => {
    expect(show('a.js', text)).toContain(id);
  });

  test.each([
    'const root = Function("return this")()',
    'if ("CI" in process.env) a()',
    'const env = process.env.NODE_ENV; JSON.stringify(env)',
    'const env = process.env; JSON.stringify(env.HOME)',
    `${R}"./locale/" + name)`,
    'x.constructor.name',
    'new this.constructor(x)',
    'Object.getPrototypeOf(x).constructor(y)',
    'const binding = require("./binding"); const { env } = options',
    `${R}names.join("/"))`,
    'isFunction(x)',
    'const { fetch } = options',
  ])('nothing: %s', (text) => {
    expect(show('a.js', text)).toEqual([]);
  });

  test('also where a remark holds a NUL, and where the name of the file says nothing', () => {
    const text = `/*\0*/${R}"child_process")`;
    expect(show('a.js', text, 'binary')).toEqual(['process']);
    expect(show('tool', `${R}"child_process")`)).toEqual(['process']);
    expect(show('a.png', text, 'binary')).toEqual([]);
    expect(show('README', `${R}"child_process")`)).toEqual([]);
  });
});

describe('what Python can do', () => {
  test.each([
    ['process', 'from os import path, system'],
    ['process', 'os.posix_spawn("/bin/sh", [], {})'],
    ['process', 'asyncio.create_subprocess_shell(x)'],
    ['process', 'import os as o; o.system("a")'],
    ['process', 'from os import (\n  path,\n  system as s,\n)'],
    ['process', 'import posix'],
    ['network', 'import _socket'],
    ['network', 'from http import client'],
    ['eval', 'run = exec\nrun(x)'],
    ['eval', '@exec\n@str\nclass A: pass'],
    ['eval', 'runpy.run_path("a.txt")'],
    ['hidden-call', '__import__(chr(111) + chr(115))'],
    ['hidden-call', 'importlib.import_module(bytes([111, 115]).decode())'],
    ['hidden-call', 'sys.meta_path.insert(0, x)'],
    ['hidden-call', 'os.\xef\xbd\x93ystem("a")'],
    ['hidden-call', '# coding:   u7\n+AGk-'],
    ['native-call', 'import ctypes as c; c.CDLL(None)'],
    ['object-loading', 'pickle.loads(x)'],
    ['network', 'import os, urllib.request'],
    ['network', 'import json as j, socket'],
    ['network', 'import urllib3'],
    ['eval', 'exec(x)'],
    ['eval', 'marshal.loads(x)'],
    ['environment', 'send(str(os.environ))'],
    ['environment', 'json.dumps(dict(**os.environ))'],
    ['credential-files', 'home / ".aws" / "credentials"'],
    ['hidden-call', '__import__("os").system(x)'],
    ['hidden-call', 'getattr(os, "sys" + "tem")(x)'],
    ['hidden-call', 'importlib.import_module("sub" + "process")'],
    ['hidden-call', '__builtins__["exec"](x)'],
    ['native-call', 'ctypes.CDLL(None)'],
  ])('%s: %s', (id, text) => {
    expect(show('a.py', text)).toContain(id);
  });

  test.each(['cursor.exec(x)', 'os.environ["HOME"]', 'str(os.environ.get("A"))', 'import os, re'])(
    'nothing: %s',
    (text) => {
      expect(show('a.py', text)).toEqual([]);
    },
  );
});

describe('a file that comes in windows', () => {
  const read = (path: string, ...windows: readonly string[]) => {
    const parts = windows.map((one) => Buffer.from(one, 'latin1'));
    const [first = Buffer.alloc(0)] = parts;
    const reader = createCapabilityReader({ path, form: 'text', content: first });
    for (const part of parts) reader.look(part);
    return reader.ids();
  };

  test('shows what any of its windows shows', () => {
    expect(read('a.js', 'a()', `${R}"child_process")`, 'b()')).toEqual(['process']);
    expect(read('a.py', 'a()', 'exec(b)')).toEqual(['eval']);
    expect(read('a.js.map', '{"a":1', ',"sourcesContent":["b"]}')).toEqual(['embedded-sources']);
    expect(read('a.md', 'a', `${R}"child_process")`)).toEqual([]);
  });

  test('shows what two of them show together', () => {
    const both = ['environment-and-network', 'network'];
    expect(read('a.js', 'globalThis["fetch"](u)', 'b', 'k = process.env.TOKEN')).toEqual(both);
    expect(read('a.js', 'k = process.env.TOKEN', 'b', 'globalThis["fetch"](u)')).toEqual(both);
    expect(read('a.js', 'const e = process.env;', 'send(JSON.stringify(e))')).toEqual([
      'environment',
    ]);
  });

  test('is held when its end can what it could not', async () => {
    const large = 'a();\n'.repeat(2 * 1024 * 1024);
    const sample = npmChange(
      [{}, { 'a.js': large }],
      [{}, { 'a.js': `${large}${R}"child_process")` }],
    );
    const report = await inspectSample([firstUsed], sample);
    const findings = report.artifacts.flatMap((one) => one.findings);
    expect(findings.map((one) => `${one.effect} ${one.message}`)).toEqual([
      'hold for the first time the code starts other programs (process)',
    ]);
  });
});

test.each([
  ['meson.build', "run_command('python', 'a.py')", ['process']],
  ['a/CMakeLists.txt', 'EXECUTE_PROCESS(COMMAND git describe)', ['process']],
  ['cmake/a.cmake', 'FetchContent_Declare(a URL b)', ['network']],
  ['CMakeLists.txt', 'add_library(a a.c) # execute_process(COMMAND a)', []],
  ['notes.txt', 'execute_process(COMMAND a)', []],
])('what %s does while it builds: %s', (path, text, ids) => {
  expect(show(path, text)).toEqual(ids);
});
