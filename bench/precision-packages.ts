/** Packages that precision is measured on, pinned, so that two runs look at the same bytes. */
import { RANKED_NPM } from './precision-ranked.ts';
import {
  PROGRAMS_NPM,
  PROGRAMS_WHEELS,
  RANKED_WHEELS,
  SECOND_NPM,
  SECOND_WHEELS,
} from './precision-second-draw.ts';

/** Packages of one ecosystem: those that most download, those that scanners find most in, and those
 * that were looked at only after the rules were mended on the others: first `unseen`, then `drawn`,
 * then all that most download by a count, and a second draw. */
interface PrecisionList {
  readonly popular: readonly string[];
  readonly noisy: readonly string[];
  readonly unseen: readonly string[];
  readonly drawn: readonly string[];
  readonly ranked: readonly string[];
  readonly second: readonly string[];
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Of npm, as `npm pack` takes them. */
export const NPM: PrecisionList = {
  popular: words(`
    semver@7.8.6 debug@4.4.3 chalk@6.0.1 ansi-styles@7.0.0 tslib@2.9.1 lodash@4.18.1 axios@1.21.1
    react@19.3.1 react-dom@19.3.1 typescript@7.0.2 webpack@5.113.0 @babel/core@8.1.3
    @babel/parser@8.1.3 @babel/types@8.1.3 @babel/traverse@8.1.3 @babel/generator@8.1.3
    @babel/runtime@8.1.3 esbuild@0.28.2 commander@15.1.0 glob@14.0.6 minimatch@11.0.9
    brace-expansion@5.1.0 balanced-match@5.0.0 uuid@14.0.3 ws@8.23.0 express@5.3.0 eslint@10.15.0
    jest@30.5.2 prettier@3.10.1 vite@8.4.0 rollup@4.68.8 postcss@8.5.33 next@16.4.6 ms@2.1.3
    supports-color@11.0.0 strip-ansi@7.2.0 ansi-regex@6.6.0 string-width@9.0.0 wrap-ansi@10.0.2
    color-convert@3.1.3 color-name@2.1.1 has-flag@5.0.1 lru-cache@11.5.3 yallist@5.0.0
    readable-stream@4.8.0 safe-buffer@5.2.1 string_decoder@1.3.0 inherits@2.0.4 isarray@2.0.5
    is-number@7.0.0 fill-range@7.1.1 to-regex-range@5.0.1 braces@3.0.3 micromatch@4.0.8
    picomatch@4.0.7 anymatch@3.1.3 chokidar@6.0.0 readdirp@5.1.1 signal-exit@4.1.0 which@7.0.0
    isexe@4.0.0 cross-spawn@7.0.6 path-key@4.0.0 shebang-command@2.0.0 execa@10.2.1
    get-stream@9.0.1 form-data@4.0.6 mime-types@3.0.2 mime-db@1.54.0 combined-stream@1.0.8
    delayed-stream@1.0.0 asynckit@0.5.0 follow-redirects@1.16.3 qs@6.17.1 body-parser@2.4.0
    cookie@2.0.2 iconv-lite@0.7.3 raw-body@4.0.0 send@1.2.1 serve-static@2.2.1 source-map@0.8.0
    source-map-js@1.2.4 acorn@8.19.0 acorn-walk@8.3.5 magic-string@1.4.5
    @jridgewell/trace-mapping@0.3.31 @jridgewell/sourcemap-codec@1.6.0 ajv@8.20.0
    json-schema-traverse@1.0.0 fast-deep-equal@3.1.3 fast-json-stable-stringify@2.1.0
    uri-js@4.4.1 punycode@2.3.1 js-yaml@5.5.0 argparse@3.0.4 yargs@18.2.0 yargs-parser@22.0.0
    y18n@5.0.8 cliui@9.0.1 escalade@3.2.0 emoji-regex@11.0.0 resolve@1.22.14 graceful-fs@4.2.12
    fs-extra@11.4.1 rimraf@6.1.4 mkdirp@3.0.1 minimist@1.2.8 minipass@7.1.3 tar@7.5.23
    json5@2.2.3 rxjs@7.8.2 zod@4.6.7 dotenv@18.0.10 undici@8.13.1 node-fetch@3.3.2
    @types/node@26.6.7 core-js@3.51.0 caniuse-lite@1.0.30001828 electron-to-chromium@1.5.495
    browserslist@4.29.6 agent-base@9.0.0 https-proxy-agent@9.1.0 pg@8.23.1 mongodb@7.9.0
    redis@6.3.1 mongoose@9.12.1 jsonwebtoken@9.0.3
  `),
  noisy: words(`
    stripe@23.1.0 twilio@6.3.1 @sentry/node@11.12.0 @sentry/core@11.12.0 @sentry/browser@11.12.0
    @sentry/cli@3.8.0 firebase@13.2.0 firebase-admin@14.5.1 @aws-sdk/client-s3@3.1175.0
    @aws-sdk/client-sts@3.1177.0 @aws-sdk/client-iam@3.1169.0
    @aws-sdk/client-secrets-manager@3.1164.0 @aws-sdk/credential-providers@3.1175.0
    @aws-sdk/client-ec2@3.1169.0 aws-sdk@2.1693.0 @azure/identity@4.14.1
    @azure/storage-blob@12.34.0 @azure/core-rest-pipeline@1.25.1 @azure/msal-node@7.2.3
    @azure/keyvault-secrets@4.12.0 googleapis@188.0.0 google-auth-library@11.3.4
    @google-cloud/storage@8.4.0 swagger-ui@5.33.0 swagger-ui-dist@5.35.0 monaco-editor@0.57.0
    node-forge@1.4.3 jsrsasign@11.1.5 openpgp@6.3.2 jose@6.2.18 crypto-js@4.2.0
    sodium-native@5.1.0 tweetnacl@1.0.3 elliptic@6.6.1 @noble/curves@2.4.0 @noble/hashes@2.4.0
    ethers@6.17.0 web3@4.16.0 ssh2@1.17.0 sshpk@1.18.0 bcrypt@6.0.0 bcryptjs@3.0.3 passport@0.7.0
    @octokit/rest@22.0.1 @slack/web-api@8.2.0 @slack/bolt@5.1.0 discord.js@14.28.1
    telegraf@4.16.3 nodemailer@10.6.1 @sendgrid/mail@8.1.6 openai@7.59.0 @anthropic-ai/sdk@1.14.0
    langchain@1.5.14 npm@12.2.2 pnpm@12.21.0 yarn@1.22.22 @angular/core@22.2.6
    @angular/compiler-cli@22.2.6 three@0.187.0 date-fns@4.4.0 moment@2.31.0 d3@7.9.2 antd@6.6.8
    @mui/material@9.5.0 vue@3.5.45 svelte@5.57.3 puppeteer-core@25.16.0 playwright-core@1.65.1
    selenium-webdriver@4.49.0 cypress@15.3.0 webpack-dev-server@6.1.0 selfsigned@5.5.0
    mkcert@3.2.0 pem@1.14.8 http-signature@1.4.0 request@2.88.2 needle@3.5.0 got@16.1.0
    superagent@10.4.2 mapbox-gl@3.32.0 algoliasearch@5.65.0 contentful@11.12.10
    @shopify/shopify-api@15.0.0 @supabase/supabase-js@2.119.1 pulumi@3.265.0
    @pulumi/pulumi@3.276.0 serverless@4.43.0 aws-cdk-lib@2.276.0 cdktf@0.21.0 vercel@64.0.2
    netlify-cli@27.10.2 wrangler@4.164.0 newman@6.2.2 postman-collection@5.3.1 hardhat@3.18.0
    truffle@5.11.5 tldts@7.6.0 faker@6.6.6 @faker-js/faker@10.6.0 mailgun.js@14.0.1 plaid@47.0.0
    square@46.0.0 paypal-rest-sdk@1.8.1 braintree@3.40.0 snyk@1.1307.4 renovate@37.440.7
  `),
  unseen: words(`
    @aws-sdk/client-dynamodb@3.1169.0 @aws-sdk/client-lambda@3.1164.0
    @aws-sdk/client-kms@3.1164.0 @aws-sdk/client-sqs@3.1175.0 @smithy/types@4.20.0
    @smithy/util-utf8@4.5.2 @types/react@19.3.3 @types/lodash@4.17.27
    @typescript-eslint/parser@8.74.0 @typescript-eslint/eslint-plugin@8.74.0
    eslint-plugin-import@2.32.0 eslint-plugin-react@7.37.5 babel-loader@10.1.1 css-loader@7.1.5
    style-loader@4.0.0 sass@1.108.2 less@4.9.1 tailwindcss@4.3.5 autoprefixer@10.7.0
    terser@5.51.4 uglify-js@3.19.3 html-webpack-plugin@5.6.8 ts-node@10.9.2 tsx@4.23.15
    nodemon@3.1.14 concurrently@10.0.7 husky@9.1.7 lint-staged@17.6.1 mocha@12.0.3 chai@6.3.0
    sinon@22.1.0 karma@6.4.4 ava@8.1.2 tap@21.8.0 vitest@5.1.2 jsdom@31.0.1 cheerio@1.2.0
    parse5@8.1.1 htmlparser2@12.0.0 entities@9.0.0 domhandler@6.0.1 css-what@8.0.0
    nth-check@3.0.1 lodash.merge@4.6.2 lodash.debounce@4.0.8 underscore@1.13.8 async@3.2.6
    bluebird@3.7.2 q@2.0.3 co@4.6.0 immer@11.2.13 redux@5.0.1 react-redux@9.3.1 zustand@5.1.0
    @tanstack/react-query@5.108.4 react-router@8.5.3 react-router-dom@7.18.7
    styled-components@6.6.0 @emotion/react@11.14.0 classnames@2.5.1 clsx@2.1.1 prop-types@15.8.1
    formik@2.4.9 yup@1.7.1 joi@18.3.2 class-validator@0.15.1 reflect-metadata@0.2.2 typeorm@1.1.1
    sequelize@6.37.8 knex@3.3.0 prisma@7.10.1 @prisma/client@7.10.0 mysql2@3.24.6 sqlite3@6.0.1
    better-sqlite3@13.2.0 ioredis@6.0.0 bullmq@6.7.0 socket.io@4.8.4 socket.io-client@4.8.4
    engine.io@6.6.13 fastify@5.12.8 koa@3.3.0 hapi@18.1.0 @nestjs/core@12.5.1
    @nestjs/common@12.5.1 graphql@17.1.0 apollo-server@3.13.0 @apollo/client@4.3.8
    express-session@1.19.0 cookie-parser@1.4.7 cors@2.8.6 helmet@8.3.0 morgan@1.12.1
    winston@3.19.0 pino@10.4.0 bunyan@2.0.5 multer@2.5.0 busboy@1.6.0 sharp@0.35.5 jimp@1.6.1
    pdfkit@0.20.2 exceljs@4.4.0 xlsx@0.18.5 csv-parse@7.0.3 papaparse@5.7.1 marked@18.2.1
    markdown-it@15.0.3 highlight.js@11.12.0 prismjs@1.30.0 handlebars@4.7.10 ejs@7.0.2 pug@3.0.4
    mustache@4.2.0 nunjucks@3.2.4 inquirer@14.2.5 ora@9.4.1 cli-progress@3.12.0 figlet@1.12.0
    boxen@9.0.0 yargs-unparser@2.0.0 oauth@0.10.2 passport-jwt@4.0.1 passport-oauth2@1.8.0
    passport-google-oauth20@2.0.0 jwks-rsa@4.1.0 @auth0/nextjs-auth0@4.30.0 next-auth@4.24.15
    otplib@13.5.0 speakeasy@2.0.0 node-rsa@2.0.0 ursa@0.9.4 keytar@7.9.0 simple-oauth2@5.1.0
    client-oauth2@4.3.3 google-gax@6.17.0 grpc@1.24.11 @grpc/grpc-js@1.14.7 protobufjs@8.8.1
    kafkajs@2.2.4 amqplib@2.3.1 mqtt@5.16.0 nats@2.29.3 snowflake-sdk@3.3.0
    @elastic/elasticsearch@9.5.1 algoliasearch-helper@3.30.1 meilisearch@0.62.0 typesense@3.1.0
    mixpanel@0.24.0 analytics-node@6.2.0 posthog-js@1.449.2 amplitude-js@8.21.10
    @datadog/browser-rum@7.16.2 dd-trace@6.21.0 newrelic@14.5.1 applicationinsights@3.17.0
    @opentelemetry/api@1.10.0
  `),
  drawn: words(`
    accepts@2.0.0 ace-builds@1.45.2 ai@6.0.326 @ai-sdk/openai@3.0.141 ajv-formats@3.0.1
    ali-oss@6.23.0 @angular/cli@21.2.28 @angular/common@21.2.26 archiver@8.0.0 asn1.js@5.4.1
    astro@6.0.5 auth0@7.1.0 @aws-amplify/auth@6.21.1 @aws-crypto/sha256-js@5.2.0
    @aws-sdk/client-bedrock-runtime@3.1164.0 @aws-sdk/client-cognito-identity-provider@3.1169.0
    @aws-sdk/core@3.981.2 aws4@1.13.2 @azure/cosmos@4.9.3 @babel/code-frame@7.29.7
    @babel/compat-data@7.29.7 @babel/helper-validator-identifier@7.29.7 @babel/helpers@7.29.15
    babel-jest@30.5.2 @babel/plugin-transform-runtime@7.29.7 @babel/preset-env@7.29.14
    @babel/template@7.29.7 bignumber.js@11.1.5 bindings@1.5.0 bitcoinjs-lib@7.0.5 bl@7.0.13
    bn.js@5.2.5 bootstrap@5.3.9 buffer@6.0.3 call-bind@1.0.9 camelcase@9.0.0 @changesets/cli@2.31.1
    chart.js@4.6.1 cli-cursor@5.0.0 cli-spinners@3.4.0 cloudinary@2.11.0 @commitlint/cli@20.5.3
    content-disposition@2.0.1 content-type@2.1.0 convert-source-map@2.0.0 cookie-signature@1.2.2
    cosmiconfig@9.0.2 cssnano@7.1.9 cssom@0.5.0 csstype@3.2.4 @databricks/sql@2.1.0 dayjs@1.11.23
    decimal.js@10.6.0 deep-extend@0.6.0 doctrine@3.0.0 dompurify@3.5.0 drizzle-orm@0.45.4
    echarts@6.1.0 electron@41.7.1 end-of-stream@1.4.5 enhanced-resolve@5.27.0 es-abstract@1.24.2
    eslint-config-airbnb@19.0.4 @eslint/eslintrc@3.3.7 @eslint/js@10.0.1
    eslint-plugin-jsx-a11y@6.10.2 eslint-scope@9.1.2 eslint-visitor-keys@5.0.1 espree@11.2.0
    esquery@1.7.0 estraverse@5.3.0 esutils@2.0.3 eventemitter3@5.0.4 expect@30.5.2 expo@57.0.33
    external-editor@3.1.0 fast-glob@3.3.3 fast-xml-parser@5.12.1 file-entry-cache@11.1.5
    finalhandler@2.1.1 find-up@8.0.0 firebase-tools@15.34.2 flat-cache@6.1.23 flatted@3.4.4
    @fortawesome/fontawesome-free@7.3.1 framer-motion@14.14.0 fsevents@2.3.3 function-bind@1.1.2
    gatsby@5.16.1 gaxios@7.3.1 gcp-metadata@8.1.4 get-intrinsic@1.3.1 glob-parent@6.0.2
    globals@17.14.0 globby@16.2.4 @google-cloud/pubsub@5.3.1 @google/genai@2.32.0 has-symbols@1.1.0
    hasown@2.0.4 hono@4.13.19 http-errors@2.0.1 http-proxy@1.18.1 http-proxy-middleware@3.0.11
    @hubspot/api-client@13.5.0 human-signals@8.0.1 @humanwhocodes/module-importer@1.0.1
    ignore@7.0.17 ip-address@10.7.6 ipaddr.js@2.5.0 is-core-module@2.18.0
    istanbul-lib-instrument@6.0.3 istanbul-reports@3.2.0 @jest/types@30.5.1 jest-worker@30.5.1
    jiti@2.7.0 jquery@4.0.0 jsesc@3.1.0 jsforce@3.10.16 jszip@3.10.2 jwa@2.0.1 jws@4.0.1
    katex@0.19.1 keyv@5.6.0 kind-of@6.0.3 @langchain/core@1.4.0 launchdarkly-node-server-sdk@7.0.4
    leaflet@1.9.4 lerna@9.0.7 lightningcss@1.33.0 loader-utils@3.3.1 locate-path@8.0.0
    lodash-es@4.18.1 log-symbols@7.0.1 long@5.3.2 lucide-react@1.81.0 luxon@3.7.2
    @mailchimp/mailchimp_marketing@3.0.80 mailparser@3.14.2 mermaid@11.17.2 micromark@4.0.3
    mime@4.1.2 minio@8.0.7 @modelcontextprotocol/sdk@1.32.2 moment-timezone@0.6.6 msw@2.15.0
    nan@2.30.0 nanoid@5.1.16 negotiator@1.1.0 neo4j-driver@6.3.0 nock@15.0.2 node-addon-api@8.9.2
    node-gyp@12.4.0 node-jose@2.2.0 @nodelib/fs.walk@3.0.1 normalize-path@3.0.0
    @notionhq/client@5.26.0 nuxt@4.4.5 nwsapi@2.2.28 nx@24.0.6 object-assign@4.1.1
    object-inspect@1.14.0 object.assign@4.1.7 @octokit/core@7.0.8 @okta/okta-sdk-nodejs@8.1.0
    on-finished@2.4.2 openid-client@6.9.0 @opentelemetry/core@2.12.1
    @opentelemetry/semantic-conventions@1.45.0 p-limit@7.3.3 p-locate@7.0.0 pako@3.0.3
    path-parse@1.0.7 path-to-regexp@9.0.0 picocolors@1.1.1 pinia@4.1.0 @playwright/test@1.65.1
    postcss-selector-parser@7.2.1 postcss-value-parser@4.2.0 prebuild-install@7.1.3
    pretty-format@30.5.1 @prisma/engines@7.10.1 probot@14.3.2 proxy-addr@2.0.8 proxy-from-env@2.1.0
    psl@1.15.0 pubnub@11.0.2 pump@3.0.4 puppeteer@24.43.1 quill@2.0.3 ramda@0.32.0 react-is@19.3.1
    react-native@0.86.3 recharts@3.11.1 regenerator-runtime@0.14.1 rollbar@3.1.0
    @rollup/pluginutils@5.5.1 sax@1.6.1 scheduler@0.28.0 schema-utils@4.8.5 semantic-release@24.2.9
    shiki@4.6.0 side-channel@1.1.1 @sinclair/typebox@0.34.52 @smithy/core@3.41.1 socks@2.8.11
    @solana/web3.js@2.0.0 ssh2-sftp-client@12.1.1 statuses@2.0.2 storybook@10.6.7
    strip-json-comments@5.0.3 sucrase@3.35.1 supertest@7.3.2 @sveltejs/kit@2.70.4 svgo@4.1.0
    @swc/core@1.16.22 @swc/helpers@0.5.24 tapable@2.3.4 tar-stream@3.2.2 tedious@19.2.2
    terser-webpack-plugin@5.6.1 @testing-library/jest-dom@6.9.1 @testing-library/react@16.3.3
    tmp@0.2.7 tough-cookie@6.1.0 tr46@6.0.0 turbo@2.11.11 type-is@2.1.0 @types/estree@1.0.11
    @types/json-schema@7.0.15 unified@11.0.5 unrs-resolver@1.13.0 update-browserslist-db@1.4.0
    v8-to-istanbul@9.3.0 validator@13.15.35 viem@2.57.20 vue-router@5.5.1 watchpack@2.6.4
    wcwidth@1.0.1 web-push@3.6.7 webdriverio@9.33.1 whatwg-url@16.0.1 which-typed-array@1.1.24
    xml-crypto@6.3.2 xml2js@0.6.2 yaml@2.9.1 yauzl@3.4.0 zone.js@0.16.3 ably@2.28.0
    acme-client@5.4.0 @adyen/api-library@32.1.0 algosdk@3.8.0 amazon-cognito-identity-js@6.3.21
    apn@2.2.0 apollo-server-core@3.13.0 argon2@0.45.1 authorizenet@1.0.10 aws-amplify@6.22.1
    aws-iot-device-sdk@2.2.16 @aws-sdk/client-cloudformation@3.1169.0 @aws-sdk/client-iot@3.1169.0
    @aws-sdk/client-rds@3.1169.0 @aws-sdk/client-ses@3.1169.0 @aws-sdk/client-sesv2@3.1176.0
    @aws-sdk/client-ssm@3.1169.0 @aws-sdk/lib-dynamodb@3.1169.0 @azure/communication-email@1.1.0
    @azure/event-hubs@6.0.4 @azure/msal-browser@5.30.0 @azure/service-bus@7.9.5
    babel-plugin-react-compiler@1.0.0 @babel/register@7.29.13 @babel/runtime-corejs3@8.1.0
    bip32@5.0.1 bip39@3.1.2 bookshelf@1.2.0 botbuilder@4.23.3 browserify-sign@4.2.6
    @bugsnag/js@9.0.0 cacache@20.0.4 cassandra-driver@4.10.0 coinbase@2.0.8
    contentful-management@12.18.0 @contentful/rich-text-types@17.2.7 cookie-session@2.1.1
    core-js-pure@3.51.0 @cosmjs/crypto@0.39.0 couchbase@4.7.1 create-ecdh@4.0.5 cross-fetch@4.1.0
    crypto-browserify@3.12.1 csurf@1.11.0 datadog-metrics@0.12.1 @datadog/native-metrics@4.0.0
    depcheck@1.4.7 detect-libc@2.1.2 diffie-hellman@5.0.3 directus@11.3.5 @directus/sdk@18.0.3
    @discordjs/rest@2.6.3 docusign-esign@10.0.0 easypost@0.1.1 elastic-apm-node@4.18.0
    @elastic/apm-rum@5.17.5 engine.io-client@6.6.8 eris@0.18.0 esbuild-register@3.6.0
    @ethereumjs/tx@10.1.3 ethereumjs-util@7.1.5 ethereumjs-wallet@1.0.2 @expo/cli@58.1.21
    expo-server-sdk@6.1.0 express-jwt@8.5.1 express-openid-connect@3.4.0 @fastify/cookie@11.1.5
    @fastify/jwt@10.2.8 @fastify/session@11.1.3 fb@2.0.0 fcm-node@1.6.1
    @feathersjs/authentication@5.0.50 @firebase/auth@1.13.6 firebase-functions@7.4.0
    @floating-ui/dom@1.8.0 ganache@7.9.2 gocardless-nodejs@10.1.2 @google-cloud/bigquery@8.3.1
    @google-cloud/firestore@8.7.1 @google-cloud/kms@5.7.0 @google-cloud/logging@11.4.0
    @google-cloud/secret-manager@6.3.0 @googlemaps/google-maps-services-js@3.4.2 grant@5.4.24
    @graphql-codegen/cli@7.4.3 graphql-request@7.4.0 graphql-tag@2.12.7 @graphql-tools/utils@12.1.0
    gsap@3.15.0 @hashgraph/sdk@2.81.0 @hashicorp/js-releases@1.7.7 hdkey@2.1.0 hls.js@1.7.4
    honeybadger@1.4.1 @honeybadger-io/js@6.16.5 @honeycombio/opentelemetry-node@0.7.2
    @hookform/resolvers@7.0.9 hot-shots@17.1.1 imap@0.8.19 imapflow@2.10.2 influx@5.12.0
    instagram-private-api@1.46.1 intercom-client@7.0.3 iron-session@8.0.4 isomorphic-fetch@3.0.0
    jaeger-client@3.19.0 keccak@3.0.4 keystone@4.2.1 knip@6.44.2 koa-session@7.0.2 ky@1.14.3
    @ledgerhq/hw-app-eth@7.9.0 libnpmpublish@11.2.1 lightstep-tracer@0.35.0 @line/bot-sdk@11.0.0
    @loopback/rest@15.0.16 @mapbox/mapbox-sdk@0.16.2 messagebird@4.0.1 @metamask/eth-sig-util@8.2.0
    metro@0.84.6 microbundle@0.15.1 @microsoft/microsoft-graph-client@3.0.7 @mikro-orm/core@6.6.16
    minipass-fetch@5.0.2 @mollie/api-client@4.6.0 mongodb-memory-server@11.3.0 mssql@12.7.14
    mysql@2.18.1 near-api-js@7.2.0 @nestjs/jwt@12.0.2 @nestjs/passport@12.0.0 @nestjs/swagger@12.0.2
    nexmo@2.9.1 node-abi@3.104.0 node-ical@0.26.1 node-mailjet@6.0.11 node-pushnotifications@6.0.0
    @node-saml/node-saml@5.1.0 node-telegram-bot-api@2.1.0 node-vault@0.12.0
    npm-check-updates@22.2.9 npm-packlist@10.0.4 npm-registry-fetch@19.1.1 @npmcli/arborist@9.9.3
    objection@3.1.5 oci-common@2.142.1 ofetch@1.5.1 oidc-provider@9.13.3 onesignal-node@3.4.0
    @openzeppelin/contracts@5.7.0 pacote@21.5.3 parcel@2.16.4 passport-github2@0.1.12
    passport-local@1.0.0 passport-saml@3.2.4 payload@3.90.2 paystack@2.0.1 pbkdf2@3.1.7
    pg-promise@12.7.1 plivo@4.79.0 postmark@5.1.0 prismic-javascript@3.0.2 prom-client@15.1.3
    public-encrypt@4.0.3 pusher@5.3.4 pusher-js@8.6.0 randombytes@2.1.0 razorpay@2.9.8
    react-hook-form@7.92.0 relay-runtime@21.0.1 release-it@20.2.1 resend@6.38.0
    ripple-keypairs@3.1.0 rolldown@1.3.3 @rspack/core@2.3.4 sails@1.5.18 samlify@2.13.1
    sanity@5.31.2 @sanity/client@7.28.0 scrypt-js@3.0.1 secp256k1@5.0.2
    @segment/analytics-node@3.1.0 @sendinblue/client@3.3.1 @sentry/nextjs@11.8.0
    @sentry/react@11.12.0 serverless-offline@14.8.2 shippo@2.18.0 shopify-buy@3.0.7 sigstore@4.1.1
    @sigstore/bundle@4.0.0 @slack/oauth@4.0.0 smtp-server@3.21.6 snoowrap@1.23.0 soap@1.13.0
    socket.io-parser@4.2.7 sparkpost@2.1.4 spotify-web-api-node@5.0.2 ssri@13.0.1 sst@4.17.1
    statsd-client@0.4.7 stellar-sdk@13.3.0 @storyblok/js@6.3.2 strapi@3.1.4 @strapi/strapi@5.55.1
    swiper@14.4.0 @tanstack/react-table@9.3.1 telnyx@7.24.0 three-stdlib@2.36.1 tronweb@6.5.1
    @trpc/server@11.25.2 @truffle/hdwallet-provider@2.1.15 tsup@8.5.1 twit@2.2.11
    twitter-api-v2@1.29.1 unbuild@3.6.1 urql@5.0.4 video.js@8.24.1 @vonage/server-sdk@3.27.0
    @vue/compiler-sfc@3.5.45 @vue/shared@3.5.45 web3-eth-accounts@4.3.1 web3-utils@4.3.3
    whatsapp-web.js@1.34.7 whatwg-fetch@3.6.20 @whatwg-node/fetch@0.10.13 winston-cloudwatch@6.3.0
    winston-loggly-bulk@3.3.3 xero-node@20.0.0 xmlbuilder@15.1.1 xmlhttprequest-ssl@4.0.0 xo@2.0.2
    xrpl@5.3.0 ytdl-core@4.11.5 zipkin@0.22.0
  `),
  ranked: words(RANKED_NPM),
  second: words(SECOND_NPM + PROGRAMS_NPM),
};

/** Of PyPI, wheels, as `pip download` takes them. */
export const WHEELS: PrecisionList = {
  popular: words(`
    boto3==1.44.8 botocore==1.44.8 urllib3==2.8.0 requests==2.34.2 certifi==2026.10.19.post1
    setuptools==84.2.1 pip==26.3 numpy==2.4.6 pandas==3.1.1 cryptography==50.0.2
    google-api-core==2.44.0 azure-core==1.41.0 azure-identity==1.27.0 azure-storage-blob==12.31.1
    aiohttp==3.14.5 pydantic==2.14.4 pydantic-core==2.50.5 sqlalchemy==2.1.9 django==5.2.19
    charset-normalizer==3.5.3 idna==3.20 typing-extensions==4.16.0 packaging==26.4 six==1.17.0
    python-dateutil==4.0.0 pyyaml==6.0.4 s3transfer==0.19.3 aiobotocore==3.10.0 fsspec==2026.9.0
    grpcio==1.85.3 wheel==0.48.0 attrs==26.1.0 click==8.5.1 jinja2==3.1.6 markupsafe==3.0.4
    pytz==2026.6 protobuf==7.36.2 jmespath==1.1.0 rsa==4.9.1 pyasn1==0.6.5 google-auth==2.63.0
    googleapis-common-protos==1.76.0 flask==3.1.3 werkzeug==3.1.9 scipy==1.17.1 pillow==13.0.0
    platformdirs==4.14.8 virtualenv==21.15.11 filelock==4.3.1 pytest==9.2.0 pluggy==1.7.0
    tqdm==4.70.1 pygments==2.21.0 rich==15.0.0 psutil==7.2.2 jsonschema==4.26.0 pyarrow==26.0.1
    httpx==0.28.1 anyio==4.16.0 starlette==1.10.0 fastapi==0.165.0 uvicorn==0.54.0 lxml==6.1.3
    beautifulsoup4==4.15.0 cffi==2.1.1 pycparser==3.12 tomli==2.5.0 colorama==0.4.6
    importlib-metadata==10.2.0 zipp==4.1.2 wrapt==2.5.2 yarl==1.25.1 multidict==7.2.1
    frozenlist==1.8.0
  `),
  noisy: words(`
    paramiko==5.1.0 pycryptodome==4.4.0 PyJWT==2.15.1 awscli==1.46.3 ansible==12.3.0
    ansible-core==2.19.14 stripe==16.1.0 twilio==9.13.0 sentry-sdk==2.75.0 openai==3.57.0
    anthropic==2.14.0 python-jose==3.5.0 pyOpenSSL==26.4.0 pynacl==1.6.2 asyncssh==2.24.1
    google-cloud-storage==3.17.1 google-api-python-client==2.202.0 azure-mgmt-compute==39.0.0
    azure-keyvault-secrets==4.12.0 msal==1.39.0 moto==5.2.5 localstack-core==2026.3.0
    slack-sdk==3.48.0 discord.py==2.7.1 tweepy==4.17.0 faker==40.63.0 scikit-learn==1.9.1
    tensorflow-cpu==2.21.0 torch==2.15.0 jupyterlab==4.6.6 notebook==7.6.5 apache-airflow==3.3.2
    apache-airflow-providers-amazon==9.39.0 celery==5.7.0 scrapy==2.19.0 tornado==6.6.1
    twisted==26.10.0 kubernetes==37.0.2 docker==7.2.0 poetry==2.5.1 twine==7.0.0
    detect-secrets==1.5.0 checkov==3.3.30 nltk==3.10.4 sympy==1.14.0 mlflow==3.18.0 wandb==0.31.0
    streamlit==1.67.0 gradio==6.31.0 langchain==1.5.2 web3==8.0.0 eth-account==0.14.0
    sendgrid==6.12.5 dropbox==12.2.4 plotly==7.1.0 bokeh==3.9.2 matplotlib==3.11.2
    transformers==5.24.0 ccxt==4.5.90 oauthlib==4.0.1 requests-oauthlib==2.0.0 authlib==1.9.10
    jwcrypto==1.6.1
  `),
  unseen: words(`
    black==26.10.1 isort==9.0.2 mypy==2.4.1 ruff==0.17.6 flake8==7.5.0 pylint==4.1.4
    coverage==7.17.5 tox==4.67.15 nox==2026.10.20 hatchling==1.33.0 poetry-core==2.5.0
    flit-core==4.2.0 build==1.6.1 pipenv==2026.10.3 pre-commit==4.7.0 docutils==0.23
    sphinx==9.0.4 mkdocs==1.6.1 mkdocs-material==9.8.2 markdown==3.11.3 babel==2.19.0
    cachetools==8.0.2 redis==8.1.0 pymongo==4.20.1 psycopg2-binary==2.9.13 asyncpg==0.32.0
    pymysql==1.2.4 aiomysql==0.3.2 elasticsearch==9.5.1 opensearch-py==3.2.0 kafka-python==3.0.12
    confluent-kafka==2.16.1 pika==1.4.4 kombu==5.7.0 amqp==5.4.2 vine==5.1.0 billiard==4.3.2
    gunicorn==27.0.1 gevent==26.9.0 greenlet==3.5.6 eventlet==0.41.3 djangorestframework==3.18.3
    djangorestframework-simplejwt==5.5.1 django-allauth==65.22.1 social-auth-core==7.0.0
    flask-login==0.6.3 flask-jwt-extended==4.7.4 itsdangerous==2.2.0 passlib==1.7.4
    argon2-cffi==25.1.0 bcrypt==5.0.0 python-dotenv==1.2.4 pydantic-settings==2.16.3
    marshmallow==4.4.0 alembic==1.20.1 sqlmodel==0.0.50 peewee==4.5.3 tortoise-orm==1.1.9
    azure-mgmt-resource==26.0.0 azure-mgmt-storage==25.3.0 azure-cosmos==4.17.1
    azure-servicebus==7.15.0 azure-eventhub==5.15.1 google-cloud-bigquery==3.47.0
    google-cloud-pubsub==2.44.0 google-cloud-secret-manager==2.32.0 firebase-admin==7.7.0
    snowflake-connector-python==5.2.0 databricks-sdk==0.162.0 dbt-core==1.12.6
    great-expectations==1.24.1 prefect==3.9.1 dagster==1.13.29 luigi==3.8.1 datasets==5.2.0
    huggingface-hub==2.4.0 tokenizers==0.23.3 sentence-transformers==6.2.0 llama-index==0.14.25
    litellm==1.110.2 cohere==7.3.1 mistralai==3.7.0 pinecone==10.2.0 qdrant-client==1.20.0
    chromadb==1.5.9 weaviate-client==4.24.1 tiktoken==0.14.0 spacy==3.8.18 gensim==4.4.0
    opencv-python-headless==5.0.0.93 imageio==2.38.1 scikit-image==0.26.0 seaborn==0.13.2
    statsmodels==0.15.0 xgboost==3.2.0 lightgbm==4.7.0 catboost==1.2.10 numba==0.68.1
    dask==2026.8.0 distributed==2026.8.0 ray==2.60.0 networkx==3.6.1 shapely==2.2.0
    geopandas==1.2.0 folium==0.20.0 pyproj==3.7.2 boto==2.49.0 stripe==16.1.0 braintree==4.48.0
    square==0.0.3 paypalrestsdk==1.13.3 mailchimp-marketing==3.0.80 slackclient==2.9.4
    python-telegram-bot==22.8 praw==8.0.3 spotipy==2.26.0 instagrapi==3.2.2 selenium==4.52.0
    playwright==1.65.2
  `),
  drawn: words(`
    acme==5.9.0 ansible-lint==26.10.1 async-timeout==5.0.1 aws-cdk-lib==2.275.0 aws-sam-cli==1.170.0
    awswrangler==3.17.1 azure-cli-core==2.91.0 azure-keyvault-keys==4.11.3
    azure-storage-file-datalake==12.26.1 bleach==6.4.0 botocore-stubs==1.43.126 certbot==5.8.0
    databricks-sql-connector==4.9.0 datadog==0.56.0 ddtrace==4.16.0 debugpy==1.8.22 decorator==5.3.1
    defusedxml==0.7.1 distlib==0.4.4 duckdb==2.0.1 fabric==3.2.3 fonttools==4.68.0 freezegun==1.5.5
    gitpython==3.2.1 google-auth-oauthlib==1.5.0 google-cloud-aiplatform==2.7.0
    google-cloud-logging==3.17.0 google-genai==3.6.1 grpcio-tools==1.85.1 h11==0.16.0 h5py==3.16.0
    html5lib==1.1 httpcore==1.0.9 httptools==0.9.0 hvac==2.4.0 hypothesis==6.170.17
    influxdb-client==1.50.0 invoke==3.0.3 ipykernel==7.4.0 ipython==9.18.1 jedi==0.20.1 jira==3.10.5
    joblib==1.6.0 jupyter-client==8.10.0 jupyter-core==5.9.1 jupyter-server==2.21.1 keyring==25.7.0
    langchain-core==1.8.4 langgraph==1.2.24 langsmith==0.15.1 launchdarkly-server-sdk==9.20.0
    ldap3==2.9.1 locust==2.47.0 mcp==2.3.0 mistune==3.4.0 mitmproxy==11.0.2 more-itertools==11.2.1
    msgpack==1.2.4 msrest==0.7.1 mysql-connector-python==26.10.0 nbconvert==7.17.2 nbformat==5.11.1
    neo4j==6.4.1 openpyxl==3.1.5 opentelemetry-api==1.45.2 opentelemetry-proto==1.45.2
    opentelemetry-sdk==1.45.2 opentelemetry-semantic-conventions==0.66b2 orjson==3.13.0
    paho-mqtt==2.2.0 parso==0.8.7 pathspec==1.1.1 polars==2.1.0 prompt-toolkit==3.0.53
    pulumi==3.272.0 py4j==0.10.9.9 pydantic-ai==2.66.0 pygithub==2.10.0 pyparsing==3.3.3
    pysaml2==7.5.5 pytest-asyncio==1.5.0 pytest-cov==7.1.0 python3-saml==1.16.0 python-gitlab==8.6.0
    python-multipart==0.0.34 pyzmq==27.3.0 regex==2026.11.19 requests-mock==1.12.1 responses==0.26.3
    robotframework==7.5 rpds-py==2026.9.1 ruamel-yaml==0.19.1 safetensors==0.8.0 signxml==5.2.0
    simple-salesforce==1.12.10 slack-bolt==1.30.0 snowflake-sqlalchemy==2.1.0 soupsieve==4.1.3
    tomlkit==0.15.2 traitlets==5.16.1 troposphere==4.11.1 trustme==1.2.1 tzdata==2026.6 ujson==6.1.0
    uvloop==0.23.0 vcrpy==9.4.2 watchdog==7.1.0 watchfiles==1.3.0 wcwidth==0.9.4
    websocket-client==1.9.2 websockets==17.4 xlsxwriter==3.3.1 zstandard==0.25.0
  `),
  ranked: words(RANKED_WHEELS),
  second: words(SECOND_WHEELS + PROGRAMS_WHEELS),
};
