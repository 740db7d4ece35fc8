/** Unpacks the named files in this process and throws the bytes away: what unpacking alone costs. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

let bytes = 0;
for (const path of process.argv.slice(2)) bytes += gunzipSync(readFileSync(path)).length;
console.log(bytes);
