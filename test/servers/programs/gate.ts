/** One of the gate's two processes: `gate.ts serve|publisher CONFIG`. Prints `ready` when it is. */
import { runPublisher, runServe } from '../../../src/compose.ts';

const [, , which, configFile = ''] = process.argv;
const ended = new AbortController();
process.once('SIGTERM', () => ended.abort());
const options = { env: process.env, signal: ended.signal };
const onReady = (): void => void process.stdout.write('ready\n');
if (which === 'serve') await runServe(configFile, { ...options, withPublisher: false, onReady });
else await runPublisher(configFile, { ...options, onReady });
