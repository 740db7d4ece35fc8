/** Real Chromium with a virtual authenticator, against a whole gate behind its HTTP server. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import type { PasskeySettings } from '../../src/core/policy.ts';
import { encodeBase64 } from '../../src/formats/base64.ts';
import { readPageFiles } from '../../src/host/page-files.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createTestPasskey, type TestPasskey } from '../passkey-fixture.ts';
import { startYard, type Yard } from '../release-fixture.ts';
import { freePort } from '../servers/free-port.ts';
import { requireTool } from '../tools.ts';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const program = process.env['COUNTERSIGN_CHROMIUM'] ?? PROGRAMS.find((one) => existsSync(one));

/** Whether there is a Chromium to test with; says so where there is none. */
export function hasChromium(): boolean {
  return requireTool('chromium', program !== undefined && existsSync(program));
}

export interface Stage {
  readonly yard: Yard;
  /** Where people sign in, and where they approve. */
  readonly origin: string;
  readonly approval: PasskeySettings;
  readonly browser: Browser;
  /** bob's and carol's approval passkeys, in the roster since the founding. */
  readonly bob: TestPasskey;
  readonly carol: TestPasskey;
  stop(): Promise<void>;
}

/** Starts gate, server and browser; `*.localhost` is this machine for every Chromium. */
export async function startStage(): Promise<Stage> {
  const port = await freePort();
  const origin = `http://release.localhost:${port}`;
  const approval = {
    relyingParty: 'approve.localhost',
    origins: [`http://approve.localhost:${port}`],
  };
  const bob = createTestPasskey(-7, approval);
  const carol = createTestPasskey(-7, approval);
  const yard = await startYard({
    origin,
    passkeys: { 'relying-party': approval.relyingParty, origins: approval.origins },
    passkeysOf: { bob: bob.inRoster, carol: carol.inRoster },
  });
  const { gateway, deps } = yard.gate;
  const pages = await readPageFiles();
  const server = createHttpServer({ gateway, log: deps.log, origin, pages });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const browser = await chromium.launch({
    ...(program === undefined ? {} : { executablePath: program }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--headless', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  return {
    yard,
    origin,
    approval,
    browser,
    bob,
    carol,
    stop: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await yard.stop();
    },
  };
}

export interface Device {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly authenticator: string;
}

/** A browser of its own (cookies, authenticator) with one page; the device verifies its person. */
export async function openDevice(
  stage: Pick<Stage, 'browser' | 'approval'>,
  passkey?: TestPasskey,
  options: { readonly hasUserVerification?: boolean } = {},
): Promise<Device> {
  const { hasUserVerification = true } = options;
  const page = await (await stage.browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId: authenticator } = await devtools.send(
    'WebAuthn.addVirtualAuthenticator',
    {
      options: {
        protocol: 'ctap2',
        // Chromium takes built-in authenticators only where they can verify a person
        transport: hasUserVerification ? 'internal' : 'usb',
        hasResidentKey: true,
        hasUserVerification,
        isUserVerified: hasUserVerification,
        automaticPresenceSimulation: true,
      },
    },
  );
  const device = { page, devtools, authenticator };
  if (passkey !== undefined) await addPasskey(device, passkey, stage.approval.relyingParty);
  return device;
}

/** Puts a key that the roster has into the device. */
async function addPasskey(
  { devtools, authenticator }: Device,
  { credentialId, privateKey }: TestPasskey,
  relyingParty: string,
): Promise<void> {
  const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
  await devtools.send('WebAuthn.addCredential', {
    authenticatorId: authenticator,
    credential: {
      credentialId: Buffer.from(credentialId, 'base64url').toString('base64'),
      isResidentCredential: true,
      rpId: relyingParty,
      privateKey: encodeBase64(pkcs8),
      userHandle: encodeBase64(new Uint8Array(16)),
      signCount: 1,
    },
  });
}

/** Keeps what the page looks like where COUNTERSIGN_PICTURES names a folder; bright and dark. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_PICTURES'];
  if (folder === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

/** What the page says to the person. */
export function messageOf(page: Page): Promise<string> {
  return page.locator('#message').innerText();
}

/** Enrols a passkey to sign in with, by a link that the person got in a terminal, and signs in. */
export async function signIn(stage: Stage, device: Device, person: 'bob' | 'carol'): Promise<void> {
  const { gateway } = stage.yard.gate;
  const { url } = await gateway.linkPasskey({ kind: 'person', personId: person as never });
  const { page } = device;
  await page.goto(url);
  await page.getByRole('button', { name: 'Enrol' }).waitFor();
  await keepPicture(page, 'enrol-sign-in');
  await page.getByRole('button', { name: 'Enrol' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await keepPicture(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Releases that wait' }).waitFor();
  await keepPicture(page, 'releases');
}

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request past the browser, with any header, to one of the stage's host names. */
export function rawRequest(
  to: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<RawAnswer> {
  const { host, port, pathname } = new URL(to);
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, path: pathname, method },
        headers: {
          host,
          ...(body === undefined ? {} : { 'content-length': body.length }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            headers: answer.headers,
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
