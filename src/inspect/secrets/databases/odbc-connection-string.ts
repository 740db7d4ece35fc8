import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** The key of the server in the same string, before or after. */
const HOST =
  /(?:(?:server|data source|host|addr(?:ess)?)\s{0,4}=\s{0,4}(?:tcp:)?|jdbc:[a-z0-9:]{2,24}:\/\/)(?<host>[^;"'\s,/]{1,255})/i;

export const rule: SecretRule = {
  ...textsOf({
    id: 'odbc-connection-string',
    family: 'databases',
    title: 'connection string with password',
    about:
      'Connection strings of ODBC, ADO.NET and JDBC with a password (`Server=...;Password=...`)',
  }),
  keywords: [';Password=', ';password=', ';PASSWORD=', ';Pwd=', ';pwd=', ';PWD='],
  pattern:
    /(?<prefix>;(?:password|Password|PASSWORD|pwd|Pwd|PWD)=\\?["'{]?)(?<password>(?<=["'{])[^"'`\r\n<>}\\]{4,256}(?=\\?["'}])|[^;"'`\s<>{}\\]{4,256})/y,
  reach: 280,
  verify(match) {
    const string = `${lastString(match.before)};${match.after.split(/["'`\n]/, 1)[0] ?? ''}`;
    const host = HOST.exec(string)?.groups?.['host'];
    if (host === undefined) return null;
    return judgeLogin(match, { ...match.groups, host });
  },
  examples: {
    bad: [
      {
        about: 'a string for SQL Server',
        make: () =>
          `"Server=tcp:db7.q4zk.io,1433;Database=main;User Id=app;Password=${SAMPLE_PASSWORD};"`,
      },
      {
        about: 'a string for ODBC with the server behind',
        make: () => `'Driver={PostgreSQL};Uid=app;Pwd=${SAMPLE_PASSWORD};Server=db7.q4zk.io'`,
      },
      {
        about: 'a string of JDBC for SQL Server',
        make: () =>
          `url=jdbc:sqlserver://db7.q4zk.io:1433;user=app;password=${SAMPLE_PASSWORD};encrypt=true`,
      },
      {
        about: 'a password in braces',
        make: () => `"Server=db7.q4zk.io;Uid=app;Pwd={${SAMPLE_PASSWORD};x}"`,
      },
    ],
    noted: [
      {
        about: 'a placeholder in braces',
        make: () => '"Server=db7.q4zk.io;Pwd={your_password_here};"',
      },
    ],
    fine: [
      { about: 'a placeholder', make: () => '"Server=localhost;Database=x;Password=password;"' },
      { about: 'a variable', make: () => `"Server=db7.q4zk.io;Password=${'$'}{PASSWORD};"` },
      { about: 'no server', make: () => `x;Password=${SAMPLE_PASSWORD};` },
    ],
  },
};

function lastString(before: string): string {
  return before.split(/["'`\n]/).at(-1) ?? '';
}
