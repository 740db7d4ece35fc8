/** Runs a program on one core, or on all, and says what it took. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** One run. Processor time is that of the program and its children; so is memory, summed. */
export interface Measurement {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly exit: number | null;
  readonly output: string;
}

const TASKSET = '/usr/bin/taskset';
const TIME = '/usr/bin/time';
const OUTPUT_MAX = 64 * 1024 * 1024;

/** Runs it; `oneCore` pins it with taskset where that exists. */
export async function measure(
  command: readonly [string, ...string[]],
  { oneCore, cwd, timeoutMs = 900_000 }: { oneCore: boolean; cwd?: string; timeoutMs?: number },
): Promise<Measurement> {
  const pinned =
    oneCore && existsSync(TASKSET) ? [TASKSET, '-c', String(availableParallelism() - 1)] : [];
  const timed = existsSync(TIME) ? [TIME, '-f', 'measured %U %S'] : [];
  const [program = '', ...parameters] = [...timed, ...pinned, ...command];
  const started = performance.now();
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    ...(cwd === undefined ? {} : { cwd }),
  });
  let peakBytes = 0;
  const sample = setInterval(() => {
    peakBytes = Math.max(peakBytes, treeBytes(child.pid ?? 0));
  }, 20);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (output.length < OUTPUT_MAX) output += chunk.toString('latin1');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('latin1')).slice(-OUTPUT_MAX);
  });
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  clearInterval(sample);
  const wallMs = performance.now() - started;
  const [, user = '0', system = '0'] = /measured ([\d.]+) ([\d.]+)\s*$/.exec(errors) ?? [];
  const cpuMs = 1000 * (Number(user) + Number(system));
  return { wallMs, cpuMs, peakBytes, exit, output: output === '' ? errors : output };
}

/** Resident bytes of a process and of all below it; 0 where there is no /proc. */
function treeBytes(root: number): number {
  try {
    const parents = new Map<number, number[]>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = readStat(name);
      if (stat !== null)
        parents.set(stat.parent, [...(parents.get(stat.parent) ?? []), Number(name)]);
    }
    let bytes = 0;
    const queue = [root];
    for (let at = 0; at < queue.length; at += 1) {
      const pid = queue[at] ?? 0;
      bytes += (readStat(String(pid))?.pages ?? 0) * 4096;
      queue.push(...(parents.get(pid) ?? []));
    }
    return bytes;
  } catch {
    return 0;
  }
}

function readStat(pid: string): { parent: number; pages: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), pages: Number(fields[21]) };
  } catch {
    return null;
  }
}
