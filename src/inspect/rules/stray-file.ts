import { fileExample } from '../artifact/packed-file.ts';
import type { EntryProblem, EntryRule } from '../rule.ts';

/** Files in folders of editors and agents that make the tool run something when it is opened. */
const STARTS_BY_ITSELF =
  /(?:^|\/)(?:\.mcp\.json|\.zed\/tasks\.json|\.kiro\/settings\/mcp\.json|\.vscode\/(?:tasks|launch|mcp)\.json|\.claude\/(?:settings(?:\.local)?\.json|hooks\/.+|commands\/.+)|\.cursor\/(?:mcp\.json|hooks\.json|rules\/.+)|\.gemini\/settings\.json|\.codex\/.+|\.devcontainer\/.+)$/;
const TOOL_FOLDER =
  /(?:^|\/)(\.vscode|\.zed|\.kiro|\.idea|\.claude|\.cursor|\.gemini|\.codex|\.windsurf|\.aider[^/]*|\.fleet|\.vs|\.history|\.devcontainer)\//;
const HISTORY = /(?:^|\/)(\.hg|\.svn|\.bzr|CVS)\//;
/** The file of a submodule or of a worktree: the whole checkout was packed. */
const GIT_LINK = /(?:^|\/)\.git$/;
const GIT_DIRECTORY = Buffer.from('gitdir: ');
const LEFT_BEHIND =
  /(?:\.bak|\.orig|\.rej|\.swp|\.swo|~|\.log|\.tmp)$|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|npm-debug\.log[^/]*)$/i;
const DUMP_NAME = /\.(?:dump|dmp|sqlite3?|db|mdb|rdb|hprof|heapsnapshot|pcap|core)$/i;
const DUMP_HEAD =
  /^(?:-- (?:MySQL dump|PostgreSQL database dump|MariaDB dump|phpMyAdmin SQL Dump)|--\n-- PostgreSQL database dump|SQLite format 3|PGDMP|REDIS\d{4}|JAVA PROFILE|MDMP|\{"snapshot":\{"meta":)/;
const CORE_NAME = /(?:^|\/)(?:core(?:\.\d+)?|vgcore\.\d+|[^/]+\.core)$/;
/** All paths that any of these fits: of most files nothing else is asked. */
const STRAY = new RegExp(
  [STARTS_BY_ITSELF, TOOL_FOLDER, HISTORY, GIT_LINK, LEFT_BEHIND, DUMP_NAME, CORE_NAME]
    .map(({ source }) => source)
    .join('|'),
  'i',
);
/** What DUMP_HEAD begins with. */
const DUMP_BEGINNINGS: ReadonlySet<number | undefined> = new Set(Buffer.from('-SPRJM{'));
/** ELF type 4 (ET_CORE), little endian. */
const CORE_TYPE = 4;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'stray-file',
  version: 3,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  about:
    'Files of the machine that built the package: folders of editors and agents, other histories than git, memory and database dumps, leftovers',
  attack:
    'A dump gives away the data of users; and settings of an editor or agent run commands of whoever wrote them in the tool of whoever opens the package, as the copies of the payload in the repository of keyv did (I54: keyv 6.0.0, cacheable, flat-cache, file-entry-cache)',
  mend: 'List what belongs into the package (`files` in package.json, the include list of the build backend), and look with `npm pack --dry-run` before the next release',
  *check(entry) {
    if (entry.kind !== 'file') return;
    const problem = problemOf(entry.path, entry.content);
    if (problem !== null) yield problem;
  },
  examples: {
    bad: [
      {
        about: 'a task of an editor',
        make: () => fileExample('package/.vscode/tasks.json', '{"tasks":[]}'),
      },
      {
        about: 'settings of an agent',
        make: () => fileExample('package/.claude/settings.json', '{"hooks":{}}'),
      },
      {
        about: 'servers that an agent starts',
        make: () => fileExample('package/.mcp.json', '{"mcpServers":{}}'),
      },
      {
        about: 'the link of a submodule or worktree to its history',
        make: () => fileExample('package/.git', 'gitdir: ../.git/modules/agent\n'),
      },
      { about: 'another history', make: () => fileExample('package/.hg/store/data', 'x') },
      {
        about: 'a database dump',
        make: () => fileExample('package/backup.txt', '-- MySQL dump 10.13  Distrib 8.0'),
      },
      {
        about: 'a database',
        make: () => fileExample('package/users.sqlite', 'SQLite format 3\0..'),
      },
      {
        about: 'a core file',
        make: () =>
          fileExample('package/core.4711', `\x7fELF\x02\x01\x01${'\0'.repeat(9)}\x04\0..`),
      },
    ],
    fine: [
      { about: 'ordinary code', make: () => fileExample('package/index.js', 'export {}') },
      {
        about: 'a script of a migration',
        make: () => fileExample('package/migrations/1.sql', 'create table a (b int);'),
      },
      { about: 'a folder named core', make: () => fileExample('package/core/index.js', '1') },
      { about: 'a file named core', make: () => fileExample('package/core', 'text') },
    ],
  },
};

function problemOf(path: string, content: Uint8Array): EntryProblem | null {
  if (!STRAY.test(path) && !DUMP_BEGINNINGS.has(content[0])) return null;
  const history = HISTORY.exec(path);
  if (history !== null) {
    const folder = path.slice(0, history.index + history[0].length - 1);
    return { path: folder, message: `the history ${history[1]} is packed`, effect: 'reject' };
  }
  if (GIT_LINK.test(path) && Buffer.from(content.subarray(0, 8)).equals(GIT_DIRECTORY)) {
    return { message: 'the link of a checkout to its git folder is packed' };
  }
  if (STARTS_BY_ITSELF.test(path)) {
    return { message: 'settings that make an editor or agent run something are packed' };
  }
  const head = Buffer.from(content.subarray(0, 64)).toString('latin1');
  if (CORE_NAME.test(path) && head.startsWith('\x7fELF') && head.charCodeAt(16) === CORE_TYPE) {
    return { message: 'the memory of a crashed program is packed', effect: 'reject' };
  }
  if (DUMP_HEAD.test(head))
    return { message: 'a database, or a dump of one or of memory, is packed' };
  if (DUMP_NAME.test(path) && content.length > 0) {
    const message = 'a file is packed whose name is that of a dump or database';
    return { message, effect: 'note', severity: 'low' };
  }
  const tool = TOOL_FOLDER.exec(path);
  if (tool !== null) {
    const folder = path.slice(0, tool.index + tool[0].length - 1);
    const message = `the folder ${tool[1]} of an editor or agent is packed`;
    return { path: folder, message, effect: 'note', severity: 'low' };
  }
  if (LEFT_BEHIND.test(path)) {
    return { message: 'a file is packed that a tool left behind', effect: 'note', severity: 'low' };
  }
  return null;
}
