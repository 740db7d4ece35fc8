/** `countersign scan` as a process of its own, with what it cost. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../../testdata/hostile/sample.ts';

/** What a scan said and took; `peakMegabytes` is of the process with all of its threads. */
export interface ScanRun {
  readonly exit: number | null;
  readonly text: string;
  readonly tookMs: number;
  readonly peakMegabytes: number;
  readonly sizeBytes: number;
}

const PROGRAM = fileURLToPath(new URL('../../bin/countersign.mjs', import.meta.url));

/** Told on file descriptor 3, so that the output stays what it is. `maxRSS` of a process begins with
 * that of whoever started it, who made the sample; Linux also knows that of the program alone. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, readFileSync, writeSync } from 'node:fs';
  process.on('exit', () => {
    const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'latin1') : '';
    const peak = /VmHWM:\\s+(\\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
    writeSync(3, String(peak));
  });
`)}`;

/** Scans the sample, written to a folder of its own. It has longer than the usual two minutes, since
 * machines are shared; one that hangs is ended after five. */
export async function scanSample(sample: Sample, ...options: readonly string[]): Promise<ScanRun> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-hostile-'));
  try {
    const path = join(folder, sample.name);
    mkdirSync(dirname(path), { recursive: true });
    const bytes = await sample.make();
    writeFileSync(path, bytes);
    return {
      ...(await scan(['--limit', 'within=280s', ...options, path])),
      sizeBytes: bytes.length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scan(args: readonly string[]): Promise<Omit<ScanRun, 'sizeBytes'>> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_PEAK, PROGRAM, 'scan', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  const texts = ['', '', '', ''];
  for (const at of [1, 2, 3]) {
    child.stdio[at]?.on('data', (chunk: Buffer) => {
      texts[at] += chunk.toString('utf8');
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('close', resolve).once('error', reject);
  const exit = await promise;
  return {
    exit,
    text: `${texts[1]}${texts[2]}`,
    tookMs: performance.now() - began,
    peakMegabytes: Number(texts[3]) / 1024,
  };
}
