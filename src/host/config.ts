/** Reads countersign.yaml: what this gateway runs with, and the rules that the file proposes. */
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDuration } from '../core/duration.ts';
import { CountersignError } from '../core/errors.ts';
import {
  type CompileOptions,
  compilePolicyRules,
  type PolicyRules,
} from '../core/policy-compile.ts';
import { parseSize } from '../core/size.ts';
import { isLoopbackHost } from '../core/upstream-address.ts';
import type { Notice } from '../gateway/ports.ts';
import {
  CONFIG_MAX_BYTES,
  type ConfigDocument,
  type ConfigPath,
  type ConfigProblem,
  readConfigDocument,
} from './config-document.ts';
import { explainIssues } from './config-problems.ts';
import { type ConfigFile, configSchema } from './config-schema.ts';

/** Bounds on what the gateway takes in. */
export interface GatewayLimits {
  readonly uploadMaxBytes: number;
  readonly releaseMaxBytes: number;
  readonly requestMaxBytes: number;
  readonly receiveWithinSeconds: number;
  readonly inspectWithinSeconds: number;
}

export interface GatewayConfig {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Absolute path. */
  readonly data: string;
  readonly limits: GatewayLimits;
}

/** Where a secret is read from at start; `path` is absolute. */
export type SecretSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'environment'; readonly name: string };

export interface WebhookConfig {
  readonly kind: 'webhook';
  readonly url: string;
  readonly events: readonly Notice['type'][];
  readonly secret: SecretSource;
}

export interface Config {
  /** Absolute path of the file. */
  readonly file: string;
  readonly gateway: GatewayConfig;
  readonly notify: readonly WebhookConfig[];
  /** What the file proposes; the gateway runs on the signed version, never on this. */
  readonly proposal: PolicyRules;
}

/**
 * Reads and checks `file`. Relative paths in it are relative to its folder. Throws
 * `config-not-found`, and `config-invalid` naming file, line, column and path of what is wrong.
 */
export async function loadConfig(
  file: string,
  options: Pick<CompileOptions, 'ecosystems'> = {},
): Promise<Config> {
  const path = resolve(file);
  return parseConfig(await readText(path), path, options);
}

/** As `loadConfig`, of text that stands (or would stand) at the absolute path `file`. */
export function parseConfig(
  text: string,
  file: string,
  options: Pick<CompileOptions, 'ecosystems'> = {},
): Config {
  const reading = readConfigDocument(text);
  if (reading.kind === 'refused') throw invalid(file, reading.problems);
  const { document } = reading;
  const parsed = configSchema.safeParse(document.value);
  if (!parsed.success) {
    const { problems, unexplained } = explainIssues(parsed.error.issues, document);
    throw invalid(file, problems, unexplained);
  }
  const refuse = (problem: { path: ConfigPath; message: string; hint?: string }): never => {
    throw invalid(file, [problemAt(document, problem)]);
  };
  const folder = dirname(file);
  const gateway = readGateway(parsed.data.gateway, folder, refuse);
  const audience = new URL(gateway.origin).host;
  const proposal = compilePolicyRules(parsed.data, { ...options, audience, refuse });
  requireOtherRelyingParty(gateway.origin, proposal, refuse);
  return {
    file,
    gateway,
    notify: parsed.data.notify.map((one, index) => readWebhook(one, index, folder, refuse)),
    proposal,
  };
}

type Refuse = (problem: { path: ConfigPath; message: string; hint?: string }) => never;

function readGateway(
  gateway: ConfigFile['gateway'],
  folder: string,
  refuse: Refuse,
): GatewayConfig {
  const colon = gateway.listen.lastIndexOf(':');
  const port = Number(gateway.listen.slice(colon + 1));
  if (port > 65_535) {
    refuse({ path: ['gateway', 'listen'], message: `expected a port up to 65535, found ${port}` });
  }
  const { limits } = gateway;
  return {
    origin: readOrigin(gateway.origin, refuse),
    listen: { host: gateway.listen.slice(0, colon).replace(/^\[|\]$/g, ''), port },
    data: resolve(folder, gateway.data),
    limits: {
      uploadMaxBytes: parseSize(limits['upload-max']) ?? 0,
      releaseMaxBytes: parseSize(limits['release-max']) ?? 0,
      requestMaxBytes: parseSize(limits['request-max']) ?? 0,
      receiveWithinSeconds: parseDuration(limits['receive-within']) ?? 0,
      inspectWithinSeconds: parseDuration(limits['inspect-within']) ?? 0,
    },
  };
}

/** Plain http is allowed for this machine only: sessions and upload credentials cross it. */
function readOrigin(text: string, refuse: Refuse): string {
  const url = URL.parse(text);
  const path = ['gateway', 'origin'];
  if (url === null || !/^https?:$/.test(url.protocol) || text.replace(/\/$/, '') !== url.origin) {
    refuse({
      path,
      message:
        'expected scheme, host and port such as https://release.example.com, found another form',
      hint: 'leave out path, query and a port that is the default; write the host in lower case',
    });
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    refuse({
      path,
      message: `expected https, found plain http to ${url.hostname}`,
      hint: 'put a reverse proxy with TLS in front; plain http is for localhost only',
    });
  }
  return url.origin;
}

/** A page may claim its own host and every parent of it as relying party (WebAuthn, 5.1.2): a page
 * that people sign in on must never be able to ask the keys that approve. */
function requireOtherRelyingParty(origin: string, { passkeys }: PolicyRules, refuse: Refuse): void {
  const host = URL.parse(origin)?.hostname ?? '';
  const claimed = passkeys?.relyingParty;
  if (claimed === undefined || (host !== claimed && !host.endsWith(`.${claimed}`))) return;
  refuse({
    path: ['passkeys', 'relying-party'],
    message: `expected a host that pages of ${origin} cannot claim, found ${claimed}`,
    hint: 'give the approval pages a name of their own, such as approve.example.com beside release.example.com',
  });
}

function readWebhook(
  webhook: ConfigFile['notify'][number],
  index: number,
  folder: string,
  refuse: Refuse,
): WebhookConfig {
  const path = ['notify', index];
  const url = URL.parse(webhook.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    refuse({ path: [...path, 'url'], message: 'expected an http or https address, found another' });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    refuse({
      path: [...path, 'url'],
      message: 'expected an address without user, password, query and fragment, found one with',
      hint: 'notices are signed; the receiver needs no secret in the address',
    });
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    refuse({
      path: [...path, 'url'],
      message: `expected https, found plain http to ${url.hostname}`,
      hint: 'use https; plain http is accepted for localhost only',
    });
  }
  return {
    kind: 'webhook',
    url: url.href,
    events: webhook.events,
    secret: readSecretSource(webhook, path, folder, refuse),
  };
}

function readSecretSource(
  webhook: ConfigFile['notify'][number],
  path: ConfigPath,
  folder: string,
  refuse: Refuse,
): SecretSource {
  const file = webhook['secret-file'];
  const name = webhook['secret-env'];
  if (file !== undefined && name === undefined)
    return { kind: 'file', path: resolve(folder, file) };
  if (name !== undefined && file === undefined) return { kind: 'environment', name };
  return refuse({
    path,
    message: `expected either secret-file or secret-env, found ${file === undefined ? 'neither' : 'both'}`,
  });
}

async function readText(path: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new CountersignError(
      'config-not-found',
      `expected a configuration at ${path}, found none that can be read`,
      {
        hint: 'run countersign init, or name another file with --config',
        cause,
      },
    );
  });
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      throw new CountersignError(
        'config-not-found',
        `expected a regular file at ${path}, found another`,
      );
    }
    if (status.size > CONFIG_MAX_BYTES) {
      throw new CountersignError(
        'config-invalid',
        `${path}: expected at most ${CONFIG_MAX_BYTES} bytes, found ${status.size}`,
      );
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CountersignError('config-invalid', `${path}: expected UTF-8, found other bytes`);
  } finally {
    await file.close();
  }
}

function problemAt(
  document: ConfigDocument,
  problem: { path: ConfigPath; message: string; hint?: string },
): ConfigProblem {
  return {
    ...document.positionOf(problem.path),
    message: `${problem.path.join('.')}: ${problem.message}`,
    hint: problem.hint,
  };
}

const SHOWN_PROBLEMS = 5;

/** One error for all problems: the first five in full, so that one run shows what to mend. */
function invalid(
  file: string,
  problems: readonly ConfigProblem[],
  unexplained = 0,
): CountersignError {
  const shown = problems
    .slice(0, SHOWN_PROBLEMS)
    .map((one) => `${file}:${one.line}:${one.column}: ${one.message}`);
  const rest = problems.length - shown.length + unexplained;
  const hint = problems.find((one) => one.hint !== undefined)?.hint;
  return new CountersignError(
    'config-invalid',
    [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '),
    hint === undefined ? {} : { hint },
  );
}
