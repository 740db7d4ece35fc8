import type { Grant } from '../src/core/manifest.ts';
import { encodeInstanceStatement } from '../src/evidence/signed-statement.ts';
import { systemRandomness } from '../src/host/clock.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES } from '../src/identity/token.ts';
import type { GateProcess } from './servers/gate-process.ts';

/** A credential of the project, for CI, as alice grants it for a day. */
export async function grantCredential(gate: GateProcess, name: string): Promise<string> {
  const token = createToken('project', systemRandomness.bytes(TOKEN_RANDOM_BYTES));
  const now = Date.now();
  const grant: Grant = {
    schema: 'countersign/grant/v1',
    genesis: gate.digest,
    project: 'aitbc',
    name,
    credential: await hashToken(nodeCrypto, token),
    person: gate.genesis.roster.people.find((one) => one.id === 'alice')?.id ?? missing(),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
  };
  const payload = encodeInstanceStatement('grant', gate.digest, grant);
  await (await gate.client('alice')).grant(gate.keys.alice.sign('grant', payload));
  return token;
}

function missing(): never {
  throw new Error('alice is not in the roster');
}
