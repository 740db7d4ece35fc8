/** Names of processes that say whether the process still runs, to others on the same kernel. */
import { readFile, readlink } from 'node:fs/promises';

export interface ProcessNames {
  /** This process: `ROLE@HOST:PID`, and on Linux `;START;PIDNAMESPACE;BOOT`. */
  readonly own: string;
  /** Whether the process of this name has certainly ended. False where one cannot tell. */
  isGone(name: string): Promise<boolean>;
}

const NAME = /^[^;]*:([0-9]{1,10});([0-9]{1,20});([^;]{1,64});([0-9a-f-]{1,64})$/;

/**
 * `role` and `host` are for people. A process number alone proves nothing: it is used again, and
 * other containers and machines that share the database have the same ones. So the name holds
 * which boot of which kernel, which namespace of process numbers, and when the process started;
 * all of them must be ours before an absent process counts as gone. Without /proc nobody ever does.
 */
export async function nameProcess(role: string, host: string): Promise<ProcessNames> {
  const plain = `${role}@${host.replaceAll(';', '')}:${process.pid}`;
  const [kernel, own] = await Promise.all([readKernel(), readStat(process.pid)]);
  if (kernel === undefined || own === undefined) {
    return { own: plain, isGone: async () => false };
  }
  return {
    own: `${plain};${own.start};${kernel}`,
    async isGone(name) {
      const [, pid = '', start = '', namespace = '', boot = ''] = NAME.exec(name) ?? [];
      if (pid === '' || `${namespace};${boot}` !== kernel) return false;
      if (!exists(Number(pid))) return true;
      const found = await readStat(Number(pid));
      // A zombie does nothing more. Unreadable (hidepid): it exists, and that is all we know.
      return found !== undefined && (found.start !== start || /[ZX]/.test(found.state));
    },
  };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** proc_pid_stat(5): field 3 is the state, field 22 the start in ticks since boot. */
async function readStat(pid: number): Promise<{ state: string; start: string } | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1');
    // the name in field 2 may hold spaces and parentheses itself
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, start] = [fields[0], fields[19]];
    return state === undefined || start === undefined ? undefined : { state, start };
  } catch {
    return undefined;
  }
}

async function readKernel(): Promise<string | undefined> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim();
    return `${await readlink('/proc/self/ns/pid')};${boot}`;
  } catch {
    return undefined;
  }
}
