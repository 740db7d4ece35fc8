/**
 * Fetches the cases of other scanners through the clients of their registries: Go for gitleaks and
 * Veles, cargo for Kingfisher, Betterleaks' catalogue and ripsecrets. Nothing of it is kept here.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseCases, type RecallCase } from './case.ts';

const HERE = import.meta.dirname;
const MINUTES = 60_000;

/** A program that must succeed; its standard output. */
function run(program: string, parameters: readonly string[], folder: string, input = ''): string {
  const done = spawnSync(program, parameters, {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 30 * MINUTES,
    env: { ...process.env, RECALL_OUT: join(folder, 'cases.jsonl') },
  });
  if (done.error !== undefined) throw done.error;
  return done.stdout;
}

/** A Go module, unpacked where it can be changed. */
function fetchGoModule(module: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'go.mod'))) writeFileSync(join(folder, 'go.mod'), 'module recall\n');
  const { Dir } = JSON.parse(run('go', ['mod', 'download', '-json', module], folder));
  const copy = join(folder, module.replace(/[^a-z0-9]+/g, '-'));
  rmSync(copy, { recursive: true, force: true });
  cpSync(Dir, copy, { recursive: true });
  run('chmod', ['-R', 'u+w', copy], folder);
  return copy;
}

/** A crate's folder in cargo's own cache. */
function fetchCrate(name: string, version: string, folder: string): string {
  const project = join(folder, `crate-${name}`);
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(join(project, 'src/lib.rs'), '');
  writeFileSync(
    join(project, 'Cargo.toml'),
    `[package]\nname = "recall"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n${name} = "=${version}"\n`,
  );
  run('cargo', ['vendor', 'vendor'], project);
  return join(project, 'vendor', name);
}

const GITLEAKS = 'github.com/zricethezav/gitleaks/v8@v8.30.1';
const VELES = 'github.com/google/osv-scalibr@v0.5.3';

/** What gitleaks validates its rules with: its own check is replaced by one that prints. */
function gatherGitleaks(folder: string): { readonly module: string; readonly lines: string } {
  const module = fetchGoModule(GITLEAKS, folder);
  cpSync(join(HERE, 'gitleaks-validate.go'), join(module, 'cmd/generate/config/utils/validate.go'));
  return { module, lines: run('go', ['run', './cmd/generate/config', '/dev/null'], module) };
}

/** What the tests of Google's Veles give to its detectors. */
function gatherVeles(folder: string): string {
  const module = fetchGoModule(VELES, folder);
  const path = join(module, 'veles/detect.go');
  const told = readFileSync(path, 'utf8')
    .replace(
      'func (e *DetectionEngine) Detect(ctx context.Context, r io.Reader) ([]Secret, error) {',
      `${readFileSync(join(HERE, 'veles-detect.go'), 'utf8').replace(/^[\s\S]*?\/\/ begin\n/, '')}
func (e *DetectionEngine) detectStream(ctx context.Context, r io.Reader) ([]Secret, error) {`,
    )
    .replace('import (', 'import (\n"bytes"\n"encoding/json"\n"os"\n"path/filepath"\n"runtime"\n');
  writeFileSync(path, told);
  run('go', ['test', '-count=1', './veles/secrets/...'], module);
  return collect(module);
}

/** `cases.jsonl` of the folder in which the tests ran. */
function collect(folder: string): string {
  return readFileSync(join(folder, 'cases.jsonl'), 'utf8');
}

/** Samples of the patterns of Betterleaks, Veles and Kingfisher, by a generator of gitleaks. */
function gatherPatterns(peer: string, rules: string, gitleaks: string): string {
  mkdirSync(join(gitleaks, 'cmd/patterns'), { recursive: true });
  cpSync(join(HERE, 'pattern-samples.go'), join(gitleaks, 'cmd/patterns/main.go'));
  return run('go', ['run', './cmd/patterns', peer], gitleaks, rules);
}

/** The rules of a file of the crate kingfisher-rules, as the generator takes them. */
function readRules(crate: string): string {
  const rules = ['betterleaks', 'veles', 'kingfisher'].flatMap((peer) => {
    const file = parse(readFileSync(join(crate, `generated/rules/${peer}.yml`), 'utf8'));
    return file.rules.map((rule: Record<string, unknown>) => ({
      peer,
      id: String(rule['id']).replace(/^[a-z]+\./, ''),
      pattern: rule['pattern'],
      keywords: rule['keywords'] ?? [],
      examples: rule['examples'] ?? [],
      negatives: rule['negative_examples'] ?? [],
    }));
  });
  return JSON.stringify(rules);
}

/** ripsecrets' own test files: a secret a line or a file, and lines without one. */
function gatherRipsecrets(crate: string): string {
  const cases: RecallCase[] = [];
  const folder = join(crate, 'test');
  for (const name of readdirSync(join(folder, 'one_per_line'))) {
    for (const text of lines(join(folder, 'one_per_line', name))) {
      cases.push({ rule: name, positive: true, text });
    }
  }
  for (const name of readdirSync(join(folder, 'one_per_file'))) {
    const text = readFileSync(join(folder, 'one_per_file', name), 'utf8');
    cases.push({ rule: name, positive: true, text });
  }
  for (const text of lines(join(folder, 'none')))
    cases.push({ rule: 'none', positive: false, text });
  return cases.map((one) => JSON.stringify(one)).join('\n');
}

function lines(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** The cases of each peer, fetched when `folder` does not have them. Throws what a client throws. */
export function gatherCases(folder: string): ReadonlyMap<string, readonly RecallCase[]> {
  mkdirSync(folder, { recursive: true });
  const file = (peer: string) => join(folder, `${peer}.jsonl`);
  const peers = ['gitleaks', 'veles-tests', 'betterleaks', 'veles', 'kingfisher', 'ripsecrets'];
  if (!peers.every((peer) => existsSync(file(peer)))) {
    const { module, lines: ofGitleaks } = gatherGitleaks(folder);
    writeFileSync(file('gitleaks'), ofGitleaks);
    writeFileSync(file('veles-tests'), gatherVeles(folder));
    const rules = readRules(fetchCrate('kingfisher-rules', '3.0.1', folder));
    for (const peer of ['betterleaks', 'veles', 'kingfisher']) {
      writeFileSync(file(peer), '');
      appendFileSync(file(peer), gatherPatterns(peer, rules, module));
    }
    writeFileSync(file('ripsecrets'), gatherRipsecrets(fetchCrate('ripsecrets', '0.1.11', folder)));
  }
  return new Map(peers.map((peer) => [peer, parseCases(readFileSync(file(peer), 'utf8'))]));
}
