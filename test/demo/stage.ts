/** How the demo speaks: numbered steps, what was typed, what came back, what was expected. */
import { spawn } from 'node:child_process';

const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const SHOWN_LINES = 14;

let abbreviated = '';
let step = 0;
let failures = 0;

/** Prints `.` wherever this folder stands. */
export function abbreviate(folder: string): void {
  abbreviated = folder;
}

export function heading(text: string): void {
  step += 1;
  console.log(`\n${paint(1, `${step}. ${text}`)}`);
}

export function say(text: string): void {
  console.log(`   ${paint(2, text)}`);
}

/** One thing that must hold. The demo goes on, and ends with 1. */
export function must(holds: boolean, what: string): void {
  console.log(`   ${holds ? paint(32, 'ok') : paint(31, 'FAILED')}  ${what}`);
  if (!holds) failures += 1;
}

export function failuresSoFar(): number {
  return failures;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin?: string | Uint8Array;
  /** What is printed in place of program and arguments; null prints nothing at all. */
  readonly shown: string | null;
}

/** Runs a program to its end, showing what a person would have typed and seen. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ran> {
  const { shown } = options;
  if (shown !== null) console.log(`   ${paint(36, '$')} ${shown}`);
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(options.stdin ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    stderr += part;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve(exit ?? -1));
  });
  if (shown !== null) show(`${stderr}${stdout}`);
  return { code, stdout, stderr };
}

/** Foreign output, indented and bounded. */
export function show(text: string): void {
  const lines = text
    .replaceAll(abbreviated === '' ? '\u0000' : abbreviated, '.')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
  for (const line of lines.slice(0, SHOWN_LINES)) console.log(`     ${line.slice(0, 150)}`);
  if (lines.length > SHOWN_LINES)
    console.log(paint(2, `     (${lines.length - SHOWN_LINES} more lines)`));
}
