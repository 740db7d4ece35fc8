import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

/** "OpenAI" in base64: in the middle of every key. */
const MARK = 'T3BlbkFJ';

export const rule = defineInfixToken({
  id: 'openai-key',
  family: 'ai',
  title: 'OpenAI API key',
  about:
    'Project, service account, admin and older API keys of OpenAI (`sk-`), with the base64 of its name inside',
  severity: 'critical',
  head: ['sk-', run('base64Url', 20, 83)],
  infix: MARK,
  tail: [run('base64Url', 20, 74)],
  judge: (token) =>
    // the kinds name themselves; both halves of a key are of one length
    /^sk-(?:(?:proj|svcacct|admin|None)-)?(?:.{20}T3BlbkFJ.{20}|.{58}T3BlbkFJ.{58}|.{74}T3BlbkFJ.{74})$/.test(
      token,
    )
      ? { confidence: 'plausible', reason: 'it has the mark of the provider where keys have it' }
      : { confidence: 'weak', reason: 'its parts are not as long as those of a key' },
});
