// `npm test`: runs the suite once on the pinned runtime and ends with the counts of the runner's
// report. Plain JavaScript that an old Node can read, since its first task is to refuse one.
//
//   npm test                            everything
//   npm test -- src/tlog                 files whose path contains this
//   COUNTERSIGN_TEST_NODE=24.15.0        the version to expect instead of the pinned one
//   REQUIRE_TOOLS=1                      fail instead of skipping where a program is missing
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function say(line) {
  process.stdout.write(`${line}\n`);
}

function requireRuntime() {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const expected = process.env.COUNTERSIGN_TEST_NODE ?? devDependencies.node;
  if (process.version === `v${expected}`) return;
  process.stderr.write(
    [
      `error[runtime-too-old]: expected Node ${expected}, found ${process.version.slice(1)} at ${process.execPath}`,
      '  The runtime is the dev dependency `node`, put in place by the install script of that package, which',
      '  npm skips where scripts are switched off (ignore-scripts) or not allowed. To mend it:',
      '    npm ci --ignore-scripts=false        then, where that was not enough:',
      '    npm rebuild node --ignore-scripts=false',
      '  and start the tests with `npm test`, which puts that runtime first on the PATH.',
      '',
    ].join('\n'),
  );
  process.exit(2);
}

/** Passes the child's lines through, and gives each to `see`. Resolves when the stream has ended. */
function passThrough(from, to, see) {
  return new Promise((resolve) => {
    const lines = createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => {
      to.write(`${line}\n`);
      see(line);
    });
    lines.on('close', resolve);
  });
}

/**
 * A folder for the temporary files of the tests: whatever they leave is removed with it. The name is
 * short, since sockets lie in it, and other users may pass, since a database runs as one.
 */
function makeTemporaryFolder(folder) {
  const temporary = join(folder, 't');
  mkdirSync(temporary);
  for (const one of [folder, temporary]) chmodSync(one, 0o711);
  return temporary;
}

/** Names of what tests have made there and not removed; what other programs left is their own. */
function listLeft(temporary) {
  return readdirSync(temporary)
    .filter((name) => /^(?:countersign|cs)-/.test(name))
    .sort();
}

/** Runs vitest; resolves to its exit code and the `SKIPPED:` lines of requireTool. */
async function runVitest(reportFile, temporary, filters) {
  const skipped = new Set();
  const see = (line) => {
    if (line.startsWith('SKIPPED: ')) skipped.add(line.slice('SKIPPED: '.length).trim());
  };
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...filters,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TMPDIR: temporary,
        // programs that tests start must be this runtime too, also where npm did not set the PATH
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
        ...(process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}),
      },
    },
  );
  const forward = (signal) => child.kill(signal);
  process.once('SIGINT', forward);
  process.once('SIGTERM', forward);
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  await Promise.all([
    passThrough(child.stdout, process.stdout, see),
    passThrough(child.stderr, process.stderr, see),
  ]);
  return { code: await ended, skipped };
}

/** Counts of vitest's JSON report. A file that could not even be loaded is one failure. */
function countReport(reportFile) {
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedSuites: report.testResults
      .filter((file) => file.assertionResults.some((one) => isSkipped(one)))
      .map((file) => {
        const count = file.assertionResults.filter((one) => isSkipped(one)).length;
        return `${file.name.slice(ROOT.length)} (${count} of ${file.assertionResults.length})`;
      })
      .sort(),
  };
}

function isSkipped(assertion) {
  return ['pending', 'skipped', 'todo', 'disabled'].includes(assertion.status);
}

function describeSkipped(counts, missing) {
  if (missing.size === 0 && counts.skipped === 0) return;
  say('\n=== NOT EVERYTHING RAN ===');
  for (const one of [...missing].sort()) say(`SKIPPED: ${one}`);
  for (const one of counts.skippedSuites) say(`  not run: ${one}`);
  say('REQUIRE_TOOLS=1 makes this a failure; CONTRIBUTING.md lists what each suite needs.');
}

requireRuntime();
const folder = mkdtempSync(join(tmpdir(), 'cs-test-'));
try {
  const reportFile = join(folder, 'report.json');
  const temporary = makeTemporaryFolder(folder);
  const { code, skipped: missing } = await runVitest(reportFile, temporary, process.argv.slice(2));
  const counts = countReport(reportFile);
  describeSkipped(counts, missing);
  const left = listLeft(temporary);
  for (const one of left) say(`left in the temporary folder: ${one}`);
  // an error outside of any test makes vitest fail without a failed test
  const broken = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  const failed = broken + (left.length > 0 ? 1 : 0);
  const nothing = counts.passed + failed === 0;
  if (nothing) say('\nno test ran');
  const tail = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  say(`\n${counts.passed} passed, ${failed} failed${tail}`);
  process.exitCode = failed > 0 || nothing ? 1 : 0;
} catch (error) {
  process.stderr.write(
    `the runner made no report: ${error instanceof Error ? error.message : error}\n`,
  );
  say('\n0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
