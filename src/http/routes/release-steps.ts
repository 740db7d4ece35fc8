import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ReleaseId } from '../../core/names.ts';
import type { Caller, Gateway, ReleaseView } from '../../gateway/gateway.ts';
import type { SignedStatement } from '../../gateway/ports.ts';
import { statementFromWire, statementRequest } from '../../wire/statement.ts';
import { type ApiEnv, jsonContent } from './api-env.ts';
import { releaseParams, shown } from './releases.ts';

type SignedStep = (
  caller: Caller,
  release: ReleaseId,
  statement: SignedStatement,
) => Promise<ReleaseView>;
type PlainStep = (caller: Caller, release: ReleaseId) => Promise<ReleaseView>;

/** The steps of a release's life that a caller can ask for; each answers with the release after. */
export function addReleaseSteps(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  const signed = (word: string, summary: string, step: SignedStep): void => {
    const body = { required: true, content: jsonContent(statementRequest) };
    const route = createRoute({
      tags: ['releases'],
      method: 'post',
      path: `/releases/{release}/${word}`,
      summary,
      request: { params: releaseParams, body },
      responses: shown,
    });
    app.openapi(route, async (c) => {
      const statement = statementFromWire(c.req.valid('json').statement);
      const id = await gateway.resolveRelease(c.req.valid('param').release);
      return c.json(await step(c.var.caller, id, statement), 200);
    });
  };
  const plain = (word: string, summary: string, step: PlainStep): void => {
    const route = createRoute({
      tags: ['releases'],
      method: 'post',
      path: `/releases/{release}/${word}`,
      summary,
      request: { params: releaseParams },
      responses: shown,
    });
    app.openapi(route, async (c) => {
      const id = await gateway.resolveRelease(c.req.valid('param').release);
      return c.json(await step(c.var.caller, id), 200);
    });
  };
  signed('adopt', "Become the requester of a bot's release", (...step) => gateway.adopt(...step));
  signed('approvals', 'Approve or reject', (...step) => gateway.approve(...step));
  signed('withdrawals', 'Take an approval back', (...step) => gateway.withdraw(...step));
  signed('reviews', 'Record the review that is due after a shortcut', (...step) =>
    gateway.recordReview(...step),
  );
  plain('seal', 'Fix the set of files', (...step) => gateway.seal(...step));
  plain('inspect', 'Repeat an inspection that could not tell', (...step) =>
    gateway.inspectAgain(...step),
  );
  plain('publish', 'Publish under a policy with manual publishing', (...step) =>
    gateway.publish(...step),
  );
  plain('resume', 'Carry on a release that stopped halfway', (...step) => gateway.resume(...step));
}
