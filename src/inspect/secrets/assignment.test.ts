import { describe, expect, it } from 'vitest';
import { createSecretScanner } from '../search/secret-scan.ts';
import { rule } from './generic/generic-api-key.ts';
import { run, sampleOf } from './token-form.ts';

const scan = createSecretScanner([rule]);
const KEY = sampleOf([run('alnum', 32)], 'assignment');
const HALF = KEY.length / 2;

function confidences(text: string): readonly string[] {
  return scan(Buffer.from(text)).hits.map(({ confidence }) => confidence);
}

describe('a value is given to a name', () => {
  it.each([
    ['in a shell of fish', `set -gx APP_API_KEY "${KEY}"\n`],
    ['for good on Windows', `setx APP_API_KEY "${KEY}"\r\n`],
    ['in a header of C', `#define APP_API_KEY "${KEY}"\n`],
    ['as characters of C', `const char app_api_key[] = "${KEY}";\n`],
    ['when a variable is not set', `process.env['APP_API_KEY'] ?? "${KEY}"`],
    ['as what a variable is by default', `@Value("${'$'}{app.api.key:${KEY}}")`],
    ['with a type that may be none', `    api_key: Optional[str] = "${KEY}"\n`],
    ['as the default of a field', `    api_key: str = Field(default="${KEY}")\n`],
    ['as the default of an option', `parser.add_argument("--api-key", default="${KEY}")\n`],
    [
      'as the default of a variable',
      `variable "api_key" {\n  type = string\n  default = "${KEY}"\n}`,
    ],
    ['as bytes', `API_KEY = b"${KEY}"\n`],
    ['as the first of a list', `api_keys = [\n  "${KEY}",\n]\n`],
    ['as the first of a list on lines of its own', `api_keys:\n  - "${KEY}"\n  - other\n`],
    ['as the first of a list without quotes', `api_keys:\n- ${KEY}\n`],
    ['as the first of a map', `const apiKeys = { live: "${KEY}", test: "" };`],
    ['by a comparison', `if (apiKey === "${KEY}") {`],
    ['in columns', `    apiKey:            "${KEY}",\n`],
    ['in a string with a kind', `api_key = f"${KEY}"\n`],
    ['in what PHP has serialized', `a:1:{s:7:"api_key";s:32:"${KEY}";}`],
    ['in what PHP has serialized, in a dump', `'a:1:{s:7:\\"api_key\\";s:32:\\"${KEY}\\";}'`],
    ['in a statement of configuration', `server {\n  api_key "${KEY}";\n}`],
    ['to a variable of nginx', `    fastcgi_param APP_API_KEY "${KEY}";\n`],
    ['in a build of Gradle', `buildConfigField 'String' , 'API_KEY' , '"${KEY}"'\n`],
    ['to a property of Gradle', `  property "app.api.key", "${KEY}"\n`],
    [
      'in an element with attributes',
      `<string name="api_key" translatable="false">${KEY}</string>`,
    ],
    ['in an element of a type', `<ApiKey xsi:type="xsd:string">${KEY}</ApiKey>`],
    ['in an address of JDBC', `jdbc:mysql://address=(host=a.q4zk.io)(api_key=${KEY})/main`],
    ['beside a name that holds another word', `<imageTag api_key="${KEY}"/>`],
    ['in a form that a command sends', `curl -F api_key=${KEY} https://q4zk.io\n`],
    [
      'in a row of a table of a page',
      `<td>api_key\n </td>\n <td class="a"><code>${KEY}</code></td>`,
    ],
    ['in brackets', `API_KEY = (\n    "${KEY}"\n)\n`],
    ['in a static string of Rust', `static API_KEY: &'static str = "${KEY}";\n`],
    ['in a list of names and values', JSON.stringify([{ name: 'API_KEY', value: KEY }], null, 2)],
    ['in a list without blanks', JSON.stringify([{ key: 'API_KEY', value: KEY }])],
    ['in an element of a page', `<meta name="api-key" content="${KEY}">`],
    ['with quotes of markup', `{&quot;api_key&quot;:&quot;${KEY}&quot;}`],
    ['in a string of a string', `buildConfigField("String", "API_KEY", "\\"${KEY}\\"")`],
    ['in a table', `INSERT INTO settings VALUES ('api_key', '${KEY}');`],
    ['with an arrow', `api_key <- "${KEY}"\n`],
    ['in parts', `const apiKey =\n  "${KEY.slice(0, HALF)}" +\n  "${KEY.slice(HALF)}";\n`],
    ['in parts without a sign', `API_KEY = ("${KEY.slice(0, HALF)}"\n  "${KEY.slice(HALF)}")\n`],
    ['in a flow of YAML', `auth: { api_key: ${KEY}, user: bob }\n`],
    ['as a string of Rust', `let api_key = String::from("${KEY}");\n`],
    ['when a call has no answer', `key = os.getenv("APP_API_KEY") or "${KEY}"\n`],
    ['in Visual Basic', `Dim apiKey As String = "${KEY}"\n`],
    ['to a property of C#', `public string ApiKey { get; private set; } = "${KEY}";`],
    ['as text that a bundler puts in', `{'process.env.API_KEY': JSON.stringify('${KEY}')}`],
    ['in a list of lists', `new Map([['APP_API_KEY', '${KEY}']])`],
    ['of a registry by a command', `npm config set //npm.acme.test/:api_key ${KEY}\n`],
    ['in Lisp', `(setq api-key "${KEY}")\n`],
    ['in CMake', `set(API_KEY "${KEY}")\n`],
    [
      'as the default of a variable with a description',
      `variable "api_key" {\n  description = "Key of the service"\n  type = string\n  default = "${KEY}"\n}`,
    ],
    ['as what a parameter holds', JSON.stringify({ apiKey: { value: KEY } }, null, 2)],
    ['as the default of a parameter', `  ApiKey:\n    Type: String\n    Default: ${KEY}\n`],
    ['beside a type', `{"key": "api_key", "type": "string", "value": "${KEY}"}`],
    ['in elements of a name and a value', `<name>api.key</name>\n  <value>${KEY}</value>\n`],
    [
      'in an element of a setting',
      `<setting name="ApiKey" serializeAs="String">\n  <value>${KEY}</value>\n</setting>`,
    ],
    ['in an attribute of Android', `<meta-data android:name="api_key" android:value="${KEY}" />`],
    ['in a section of characters', `<api_key><![CDATA[${KEY}]]></api_key>`],
    ['as an option of PowerShell', `Connect-Service -ApiKey "${KEY}" -Verbose\n`],
    ['as a secure string', `$apiKey = ConvertTo-SecureString "${KEY}" -AsPlainText -Force\n`],
    ['in a shell of fish without quotes', `set -gx APP_API_KEY ${KEY}\n`],
    ['as an option with one dash', `tool -api_key ${KEY}\n`],
    ['in a list of arguments', `"args": ["-y", "tool", "--api-key", "${KEY}"]`],
    ['as a setting of a command', `npm config set api_key ${KEY}\n`],
    ['as a secret of a repository', `gh secret set APP_API_KEY -b ${KEY}\n`],
    ['at length', `API_KEY=${sampleOf([run('alnum', 600)], 'long')}\n`],
    ['before the end of a string of C', `\0API_KEY=${KEY}\0\x01`],
  ])('%s', (_, text) => {
    expect(confidences(text)).toEqual(['plausible']);
  });

  it.each([
    ['beside another value in a list', `[("api_key", "${KEY}")]`],
    ['after a space in a sentence', `the api_key ${KEY}`],
    ['after a dash in a list', `- api_key ${KEY}`],
    ['in a list of one name', `api_key:\n  - "${KEY}"\n`],
    ['in a map of one name', `const apiKey = { id: "${KEY}" };`],
    ['behind a name at the end of a statement', `print api_key "${KEY}" now;`],
    ['as a name of a variable', 'connect({ api_key: theKeyThatTheUserGaveUs, user })'],
    ['in parts of a list', `["api_key", "${KEY.slice(0, HALF)}", "${KEY.slice(HALF)}"]`],
  ])('but not %s', (_, text) => {
    expect(confidences(text)).toEqual([]);
  });
});
