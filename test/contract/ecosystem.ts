/**
 * What every ecosystem promises, run against a real registry of its kind. `createWorld` starts one;
 * the suite ends it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ByteSource } from '../../src/ecosystem/ecosystem.ts';
import { bytesAsRandomAccess } from '../../src/formats/random-access.ts';
import { digestsOf } from '../../src/upstream/artifact-bytes.ts';
import { freePort } from '../servers/free-port.ts';
import {
  byteSource,
  type EcosystemWorld,
  type PublishableArtifact,
  publishable,
  secretText,
  startAnswering,
} from './ecosystem-world.ts';

/** The suite; `skip` where the registry cannot be had here. */
export function describeEcosystem(
  name: string,
  createWorld: () => Promise<EcosystemWorld>,
  skip = false,
): void {
  describe.skipIf(skip)(`the ${name} ecosystem`, () => {
    let world: EcosystemWorld;
    beforeAll(async () => {
      world = await createWorld();
    });
    afterAll(async () => world?.stop());

    const registry = () => world.ecosystem.connect(world.url, world.readUrl);
    const credential = () => secretText(world.credential);
    const build = async (version: string, seed = 'one') =>
      Promise.all(
        (await world.build(world.ecosystem.versionOf(version), seed)).map((one) =>
          publishable(world.ecosystem, one),
        ),
      );
    const options = () => ({
      credential: credential(),
      stagingTag: world.ecosystem.hasDistTags ? 'countersign-test' : null,
    });
    const publishAll = async (files: readonly PublishableArtifact[]) => {
      for (const { artifact, bytes, description } of files) {
        await registry().publish(artifact, bytes, description.metadata, options());
      }
    };

    test('describes files of its own name, kind and version', async () => {
      for (const { artifact, description } of await build('1.0.0')) {
        expect(description.package).toBe(world.package);
        expect(description.version).toBe(world.ecosystem.versionOf('1.0.0'));
        expect(Object.keys(world.ecosystem.defaultFiles)).toContain(description.kind);
        expect(world.ecosystem.identifyFile(artifact.file)).toMatchObject({
          version: description.version,
          kind: description.kind,
        });
        expect(world.ecosystem.compareRequest(description.metadata, description)).toEqual([]);
      }
    });

    test('describes a file that can be read anywhere as it does a stream of it', async () => {
      for (const { file, bytes } of await world.build(world.ecosystem.versionOf('1.0.0'), 'one')) {
        const streamed = await world.ecosystem.describe(file, byteSource(bytes));
        const whole = bytesAsRandomAccess(bytes);
        expect(await world.ecosystem.describe(file, whole)).toEqual(streamed);
      }
    });

    test('refuses a truncated file and a file under another name', async () => {
      for (const { file, bytes } of await world.build(world.ecosystem.versionOf('1.0.0'), 'one')) {
        const cut = byteSource(bytes.subarray(0, bytes.length - 20));
        await expect(world.ecosystem.describe(file, cut)).rejects.toMatchObject({
          name: 'CountersignError',
        });
        const renamed = file.replace('1.0.0', '1.0.1');
        await expect(world.ecosystem.describe(renamed, byteSource(bytes))).rejects.toMatchObject({
          code: 'metadata-disagrees',
        });
      }
    });

    test('answers a ping, and says that an unknown package is not there', async () => {
      await registry().ping();
      expect(await registry().summarize(world.package, '1.0.0')).toEqual({
        ecosystem: world.ecosystem.name,
        package: world.package,
        version: '1.0.0',
        exists: 'no',
        versionTaken: 'no',
        latest: null,
        highestInLine: null,
        highest: null,
        distTags: {},
      });
      expect(await registry().historyOf(world.package)).toMatchObject({
        package: world.package,
        answer: 'absent',
        first: null,
        newest: [],
      });
    });

    test('absent, then published, then the same; publishing once more changes nothing', async () => {
      const files = await build('1.0.0');
      for (const { artifact } of files) {
        expect(await registry().lookUp(artifact)).toEqual({ kind: 'absent' });
      }
      await publishAll(files);
      for (const { artifact } of files) {
        expect(await registry().lookUp(artifact)).toEqual({ kind: 'same' });
      }
      await publishAll(files);
      for (const { artifact, description } of files) {
        expect(await registry().confirm(artifact, description.metadata)).toEqual([]);
      }
      expect(await registry().summarize(world.package, '1.0.0')).toMatchObject({
        exists: 'yes',
        versionTaken: 'yes',
        highest: '1.0.0',
        highestInLine: '1.0.0',
      });
    });

    test('lists the files of a version, by whoever put them there, and gives their bytes', async () => {
      const files = await build('1.0.0');
      const listed = await registry().filesOf(world.package, '1.0.0');
      const names = (some: readonly { readonly file: string }[]) =>
        some.map((one) => one.file).sort();
      expect(names(listed)).toEqual(names(files.map((one) => one.artifact)));
      for (const one of listed) {
        const artifact = files.find((file) => file.artifact.file === one.file)?.artifact;
        expect(one.kind).toBe(artifact?.kind);
        const came = await registry().download(one, (bytes) => digestsOf(bytes, 1 << 20));
        expect(came?.sha256).toBe(artifact?.sha256);
        expect(one.stated.length).toBeGreaterThan(0);
        for (const { algorithm, hex } of one.stated) expect(hex).toBe(came?.[algorithm]);
      }
      expect(await registry().filesOf(world.package, '9.9.9')).toEqual([]);
      const [first] = listed;
      if (first === undefined) throw new Error('nothing is listed');
      const url = new URL('nowhere.tgz', first.url);
      expect(await registry().download({ ...first, url }, async () => 'bytes')).toBeUndefined();
    });

    test('says when a version appeared, or that it tells no times', async () => {
      const history = await registry().historyOf(world.package);
      expect(history.answer).toBe(world.tellsTimes ? 'told' : 'untold');
      if (!world.tellsTimes) {
        expect(history).toMatchObject({ first: null, newest: [], reason: expect.any(String) });
        return;
      }
      const [newest] = history.newest;
      expect([newest?.version, newest?.at]).toEqual(['1.0.0', history.first]);
      const age = Date.now() - Date.parse(newest?.at ?? '');
      expect(age).toBeGreaterThan(-5_000);
      expect(age).toBeLessThan(600_000);
    });

    test('other bytes under a taken name are different, and publishing them is a conflict', async () => {
      for (const { artifact, bytes, description } of await build('1.0.0', 'two')) {
        expect(await registry().lookUp(artifact)).toMatchObject({ kind: 'different' });
        await expect(
          registry().publish(artifact, bytes, description.metadata, options()),
        ).rejects.toMatchObject({ code: 'upstream-conflict' });
      }
    });

    test('a crash after the upload is found out by asking, and by uploading again', async () => {
      const files = await build('1.1.0');
      await publishAll(files.slice(0, 1));
      // a new connection knows nothing of the first one
      const [first, ...rest] = files;
      expect(first && (await registry().lookUp(first.artifact))).toEqual({ kind: 'same' });
      for (const { artifact } of rest) {
        expect(await registry().lookUp(artifact)).toEqual({ kind: 'absent' });
      }
      await publishAll(files);
      for (const { artifact } of files) {
        expect(await registry().lookUp(artifact)).toEqual({ kind: 'same' });
      }
    });

    test('an upload that breaks off leaves nothing behind', async () => {
      const [file] = await build('1.2.0');
      if (file === undefined) throw new Error('the world builds nothing');
      let reads = 0;
      const breaking: ByteSource = async function* () {
        reads += 1;
        yield* file.bytes();
        if (reads > 1) throw new Error('the disk broke');
      };
      await expect(
        registry().publish(file.artifact, breaking, file.description.metadata, options()),
      ).rejects.toMatchObject({ code: 'upstream-unreachable' });
      expect(await registry().lookUp(file.artifact)).toEqual({ kind: 'absent' });
    });

    test("bytes that are not the manifest's are never sent", async () => {
      const [file] = await build('1.2.0');
      const [other] = await build('1.2.0', 'two');
      if (file === undefined || other === undefined) throw new Error('the world builds nothing');
      const server = await startAnswering(() => ({ status: 500 }));
      try {
        const elsewhere = world.ecosystem.connect(server.url, server.url);
        await expect(
          elsewhere.publish(file.artifact, other.bytes, file.description.metadata, options()),
        ).rejects.toMatchObject({ code: 'recompute-differs' });
        expect(server.seen).toEqual([]);
      } finally {
        await server.stop();
      }
    });

    test('a file that changes while it is sent never arrives whole', async () => {
      const [file] = await build('1.2.0');
      if (file === undefined) throw new Error('the world builds nothing');
      let reads = 0;
      const changing: ByteSource = async function* () {
        reads += 1;
        for await (const chunk of file.bytes()) {
          yield reads === 1 ? chunk : chunk.map((byte) => byte ^ 1);
        }
      };
      await expect(
        registry().publish(file.artifact, changing, file.description.metadata, options()),
      ).rejects.toMatchObject({ code: 'recompute-differs' });
      expect(await registry().lookUp(file.artifact)).toEqual({ kind: 'absent' });
    });

    test("a refused credential is the registry's refusal, in its words, without the credential", async () => {
      const wrong = ['not', 'the', 'one'].join('-').repeat(3);
      for (const { artifact, bytes, description } of (await build('1.3.0')).slice(0, 1)) {
        const failure = await registry()
          .publish(artifact, bytes, description.metadata, {
            ...options(),
            credential: secretText(wrong),
          })
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        expect(failure).toMatchObject({
          code: 'upstream-refused',
          message: expect.stringMatching(/\(40[13]\): [^\n]{3,}/),
        });
        expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(wrong);
      }
    });

    test('words that repeat the credential are redacted, cut to one short line', async () => {
      const spoken = [`who sent ${world.credential}?\r\n\u001b[31m`, 'x'.repeat(5_000)].join('');
      const server = await startAnswering(() => ({
        status: 403,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ error: spoken, message: spoken }),
      }));
      try {
        const [file] = await build('1.3.0');
        if (file === undefined) throw new Error('the world builds nothing');
        const failure = await world.ecosystem
          .connect(server.url, server.url)
          .publish(file.artifact, file.bytes, file.description.metadata, options())
          .catch((error: unknown) => error);
        expect(failure).toMatchObject({
          code: 'upstream-refused',
          message: expect.stringContaining('who sent [secret]? [31mxxx'),
        });
        expect(String(failure)).not.toMatch(/[\n\r\u001b]/);
        expect(String(failure).length).toBeLessThan(500);
      } finally {
        await server.stop();
      }
    });

    test('a redirect is not followed with a credential, and is named', async () => {
      const target = await startAnswering(() => ({ status: 200, body: '{}' }));
      const server = await startAnswering(() => ({
        status: 307,
        headers: { location: `${target.url}taken` },
      }));
      try {
        const [file] = await build('1.3.0');
        if (file === undefined) throw new Error('the world builds nothing');
        await expect(
          world.ecosystem
            .connect(server.url, server.url)
            .publish(file.artifact, file.bytes, file.description.metadata, options()),
        ).rejects.toMatchObject({
          code: 'upstream-refused',
          message: expect.stringContaining(`${target.url}taken`),
        });
        expect(server.seen.some((one) => one.authorization !== '')).toBe(true);
        expect(target.seen).toEqual([]);
      } finally {
        await server.stop();
        await target.stop();
      }
    });

    test('a registry that is not there is unreachable, for every call', async () => {
      const nowhere = `http://127.0.0.1:${await freePort()}/`;
      const gone = world.ecosystem.connect(nowhere, nowhere);
      const [file] = await build('1.3.0');
      if (file === undefined) throw new Error('the world builds nothing');
      const { artifact, bytes, description } = file;
      const unreachable = { code: 'upstream-unreachable' };
      await expect(gone.ping()).rejects.toMatchObject(unreachable);
      await expect(gone.lookUp(artifact)).rejects.toMatchObject(unreachable);
      await expect(gone.summarize(world.package, '1.0.0')).rejects.toMatchObject(unreachable);
      await expect(gone.confirm(artifact, description.metadata)).rejects.toMatchObject(unreachable);
      await expect(
        gone.publish(artifact, bytes, description.metadata, options()),
      ).rejects.toMatchObject(unreachable);
    });

    test('a server that fails is asked three times and then unreachable; nothing is sent twice', async () => {
      const server = await startAnswering(() => ({ status: 503, body: 'later' }));
      try {
        const [file] = await build('1.3.0');
        if (file === undefined) throw new Error('the world builds nothing');
        const { artifact, bytes, description } = file;
        const failing = world.ecosystem.connect(server.url, server.url);
        const unreachable = { code: 'upstream-unreachable' };
        await expect(failing.lookUp(artifact)).rejects.toMatchObject(unreachable);
        expect(server.seen).toHaveLength(3);
        await expect(
          failing.publish(artifact, bytes, description.metadata, options()),
        ).rejects.toMatchObject(unreachable);
        expect(server.seen.filter((one) => one.authorization !== '')).toHaveLength(1);
      } finally {
        await server.stop();
      }
    });

    test('a web page in place of a registry is not understood', async () => {
      const server = await startAnswering(() => ({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: 'It works!',
      }));
      try {
        const [file] = await build('1.3.0');
        if (file === undefined) throw new Error('the world builds nothing');
        const odd = world.ecosystem.connect(server.url, server.url);
        await expect(odd.ping()).rejects.toMatchObject({ code: 'upstream-unreachable' });
        await expect(odd.lookUp(file.artifact)).rejects.toMatchObject({
          code: 'upstream-unreachable',
        });
      } finally {
        await server.stop();
      }
    });

    test('tags move, move again, and are removed, each as often as one likes', async () => {
      if (!world.ecosystem.hasDistTags) {
        const moved = registry().moveTag(world.package, 'candidate', '1.0.0', credential());
        await expect(moved).rejects.toMatchObject({ code: 'internal' });
        return;
      }
      const tags = async () => (await registry().summarize(world.package, '1.0.0')).distTags;
      for (const version of ['1.0.0', '1.0.0', '1.1.0']) {
        await registry().moveTag(world.package, 'candidate', version, credential());
        expect(await tags()).toMatchObject({ candidate: version });
      }
      for (let times = 0; times < 2; times += 1) {
        await registry().removeTag(world.package, 'candidate', credential());
        expect(Object.keys(await tags())).not.toContain('candidate');
      }
      await expect(
        registry().moveTag(world.package, 'candidate', '1.0.0', secretText('wrong')),
      ).rejects.toMatchObject({ code: 'upstream-refused' });
    });

    test('bytes that the registry altered are found by confirming', async () => {
      for (const { artifact, description } of (await build('1.1.0')).slice(0, 1)) {
        await world.alter(artifact.file, artifact.version);
        const differences = await registry().confirm(artifact, description.metadata);
        expect(differences.length).toBeGreaterThan(0);
        for (const { field, claimed, actual } of differences) {
          expect(field).toMatch(/sha(?:256|512)$/);
          expect([artifact.sha256, artifact.sha512]).toContain(actual);
          expect(claimed).not.toBe(actual);
        }
      }
    });

    test('an address with a password, a query or another scheme is refused', () => {
      for (const address of ['http://u:p@127.0.0.1/', 'http://127.0.0.1/?a', 'ftp://127.0.0.1/']) {
        expect(() => world.ecosystem.connect(address, null)).toThrowError(
          expect.objectContaining({ code: 'config-invalid' }),
        );
      }
    });
  });
}
