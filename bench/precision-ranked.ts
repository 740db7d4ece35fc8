/** The most downloaded packages of npm that no other list of precision has, pinned. */

/** Those among the 1,500 that are downloaded most in a month, most downloaded first. */
export const RANKED_NPM = `
    type-fest@5.10.0 escape-string-regexp@5.0.0 is-fullwidth-code-point@5.1.0
    telecom-mas-agent@1.0.12 undici-types@8.12.4 resolve-from@5.0.0
    @rollup/rollup-linux-x64-musl@4.68.2 is-stream@4.0.1 shebang-regex@4.0.0
    webidl-conversions@8.0.1 path-exists@5.0.0 onetime@8.0.0 @babel/helper-module-imports@8.0.0
    universalify@2.0.1 @babel/helper-module-transforms@8.1.2 @typescript-eslint/types@8.73.0
    @babel/helper-compilation-targets@8.0.7 npm-run-path@6.0.0 js-tokens@10.0.0
    @babel/helper-string-parser@8.1.2 bytes@3.1.2 mimic-fn@5.0.0 slash@5.1.0
    @typescript-eslint/typescript-estree@8.73.0 @typescript-eslint/visitor-keys@8.73.0
    @babel/helper-plugin-utils@8.0.1 ini@7.0.0 @jridgewell/gen-mapping@0.3.13 gopd@1.2.0
    @typescript-eslint/scope-manager@8.73.0 strip-bom@5.0.0 es-object-atoms@1.1.2 concat-map@0.0.2
    make-dir@5.1.0 is-glob@4.0.3 es-define-property@1.0.1 es-errors@1.3.0
    @babel/helper-validator-option@8.0.0 call-bind-apply-helpers@1.0.2 @esbuild/linux-x64@0.28.2
    path-scurry@3.0.0 yocto-queue@1.2.2 node-releases@2.0.65 ci-info@4.5.0 dunder-proto@1.0.1
    math-intrinsics@1.1.0 get-proto@1.0.1 @jridgewell/resolve-uri@3.1.3 has-tostringtag@1.0.2
    pify@6.1.0 @aws-sdk/types@3.975.1 @typescript-eslint/utils@8.73.0 @smithy/util-buffer-from@4.5.2
    http-proxy-agent@9.1.0 is-extglob@2.1.1 strip-final-newline@4.0.0 parse-json@8.3.0 once@1.4.0
    source-map-support@0.5.21 jest-util@30.5.1 es-set-tostringtag@2.1.0 is-wsl@3.1.1 wrappy@1.0.2
    safer-buffer@2.1.2 util-deprecate@1.0.2 jsonfile@6.2.1 @img/sharp-linuxmusl-x64@0.35.5
    ansi-escapes@7.3.0 @img/sharp-libvips-linuxmusl-x64@1.3.4 encodeurl@3.0.1
    @smithy/is-array-buffer@4.5.2 depd@2.0.0 jackspeak@4.2.3 lightningcss-linux-x64-musl@1.33.0
    @types/yargs@17.0.35 @unrs/resolver-binding-linux-x64-musl@1.13.0 callsites@4.2.0
    is-arrayish@0.3.4 require-from-string@2.0.2 is-docker@4.0.0 @jest/schemas@30.5.0
    eastasianwidth@0.3.0 arg@5.0.2 @tailwindcss/oxide-linux-x64-musl@4.3.5 estree-walker@3.0.3
    fastq@1.20.3 get-caller-file@2.0.5 esprima@4.0.1 import-fresh@4.0.1 range-parser@1.3.0
    optionator@0.9.4 type-check@0.4.0 restore-cursor@5.1.0 call-bound@1.0.4 diff@9.0.0
    write-file-atomic@8.0.0 setprototypeof@1.2.0 path-type@6.0.0
    supports-preserve-symlinks-flag@1.0.0 foreground-child@4.0.3 levn@0.4.1 prelude-ls@1.2.1
    vary@1.1.2 slice-ansi@10.0.1 base64-js@1.5.1 @nodelib/fs.stat@4.0.0 merge-stream@2.0.0
    lines-and-columns@2.0.4 require-directory@2.1.1 @typescript-eslint/type-utils@8.73.0
    reusify@1.1.0 sprintf-js@1.1.3 @babel/helper-globals@8.0.6 imurmurhash@0.1.4
    hosted-git-info@10.1.1 json-parse-even-better-errors@6.0.0 open@11.0.4 is-plain-obj@4.1.0
    parent-module@3.2.0 @isaacs/cliui@9.0.0 core-util-is@1.0.3 @nodelib/fs.scandir@4.0.1
    fast-levenshtein@3.0.0 gensync@0.1.0 ieee754@1.2.1 @radix-ui/react-slot@1.5.0
    side-channel-weakmap@1.0.2 side-channel-map@1.0.1 side-channel-list@1.0.1 aria-query@5.3.2
    media-typer@2.0.0 chownr@3.0.0 run-parallel@1.2.0 baseline-browser-mapping@2.11.38 pkg-dir@9.0.0
    esrecurse@4.3.0 fdir@6.5.0 queue-microtask@1.2.3 fresh@2.0.0 natural-compare@1.4.0 deep-is@0.1.4
    jest-message-util@30.5.1 acorn-jsx@5.3.2 indent-string@6.0.0 merge2@1.4.1 retry@0.13.1
    json-buffer@3.0.1 ts-api-utils@2.5.0 binary-extensions@3.2.0 ajv-keywords@5.1.0
    fs.realpath@1.0.0 inflight@1.0.6 path-is-absolute@2.0.0 is-regex@1.2.1
    @eslint-community/eslint-utils@4.10.1 domutils@4.0.2 p-try@3.0.0 merge-descriptors@2.0.0
    buffer-from@1.1.2 tinyglobby@0.2.17 has-property-descriptors@1.0.2 jest-diff@30.5.2
    @aws-sdk/util-endpoints@3.996.53 is-callable@1.2.7 is-unicode-supported@2.1.0
    dom-serializer@3.1.1 p-map@7.1.1 is-binary-path@3.0.0 toidentifier@1.0.1
    package-json-from-dist@1.0.1 define-data-property@1.1.4 @eslint-community/regexpp@4.12.3
    set-function-length@1.2.2 tsconfig-paths@4.2.0 word-wrap@1.2.5
    json-stable-stringify-without-jsonify@1.0.1 for-each@0.3.5 define-properties@1.2.1
    is-typed-array@1.1.15 error-ex@1.3.4 @pkgjs/parseargs@0.11.0 extend-shallow@3.0.2
    available-typed-arrays@1.0.7 object-keys@1.1.1 @humanwhocodes/retry@0.4.3 safe-regex-test@1.1.0
    whatwg-mimetype@5.0.0 @radix-ui/react-primitive@2.2.0 jest-regex-util@30.5.0
    @babel/plugin-syntax-jsx@8.0.1 define-property@2.0.2 escape-html@1.0.3
    @jridgewell/remapping@2.3.5 @opentelemetry/resources@3.1.1 mdn-data@2.37.2
    @rollup/rollup-linux-x64-gnu@4.68.5 unpipe@1.0.0 deepmerge@4.3.1 es-module-lexer@3.0.5
    mute-stream@4.0.0 is-generator-function@1.1.2 ee-first@1.1.1
    @babel/helper-annotate-as-pure@8.0.0 regexp.prototype.flags@1.5.4 events@3.3.0
    is-date-object@1.1.0 cjs-module-lexer@2.3.0 @types/babel__traverse@7.28.0 parseurl@1.3.3
    etag@1.8.1 is-symbol@1.1.1 is-plain-object@5.1.0 @smithy/protocol-http@5.6.2
    jest-matcher-utils@30.5.2 css-tree@3.2.1 string.prototype.trimend@1.0.10
    @aws-sdk/middleware-user-agent@3.972.84 possible-typed-array-names@1.1.0
    @aws-sdk/util-user-agent-node@3.973.70 internal-slot@1.1.0 @types/babel__core@7.20.5
    process-nextick-args@2.0.1 @babel/plugin-syntax-typescript@8.0.3 is-string@1.1.1
    which-boxed-primitive@1.1.1 @types/babel__generator@7.27.0 @opentelemetry/api-logs@0.223.1
    is-shared-array-buffer@1.0.4 jest-mock@30.5.2 string.prototype.trimstart@1.0.8
    @sinonjs/fake-timers@15.5.0 loose-envify@1.4.0 pathe@2.0.3 domelementtype@3.0.0
    is-number-object@1.1.1 @types/babel__template@7.4.4 is-bigint@1.1.0
    @typescript-eslint/tsconfig-utils@8.73.0 es-to-primitive@1.3.4 fast-uri@4.2.3 @eslint/core@1.2.1
    @typescript-eslint/project-service@8.73.0 has-proto@1.2.0 figures@6.1.0 @types/react-dom@19.3.0
    @aws-sdk/credential-provider-node@3.972.97 @aws-sdk/util-user-agent-browser@3.972.55
    @aws-sdk/middleware-host-header@3.972.55 istanbul-lib-coverage@3.2.2
    @aws-sdk/middleware-logger@3.972.54 has-bigints@1.1.0 @aws-sdk/credential-provider-ini@3.973.30
    is-boolean-object@1.2.2 normalize-package-data@9.0.0 strip-indent@4.1.1 forwarded@0.2.0
    @aws-sdk/token-providers@3.1166.0 is-weakref@1.1.1 clone@2.1.2 get-symbol-description@1.1.0
    dom-accessibility-api@0.7.1 @aws-sdk/credential-provider-web-identity@3.972.90
    @aws-sdk/credential-provider-env@3.972.84 @aws-sdk/credential-provider-process@3.972.84
    @aws-sdk/credential-provider-sso@3.973.28 pirates@4.0.7
    @aws-sdk/middleware-recursion-detection@3.972.56 is-array-buffer@3.0.5
    function.prototype.name@1.2.0 colorette@2.0.20 minizlib@3.1.0 unbox-primitive@1.1.0
    typed-array-buffer@1.0.3 array-union@3.0.1 @types/unist@3.0.3 @babel/helper-replace-supers@8.0.1
    array-buffer-byte-length@1.0.2 functions-have-names@1.2.3 string.prototype.trim@1.2.11
    xtend@4.0.2 isobject@4.1.1 @smithy/property-provider@4.5.2 globalthis@1.0.4
    @babel/plugin-syntax-import-attributes@7.29.7 css-select@7.0.0
    @babel/helper-create-class-features-plugin@8.0.10
    @babel/helper-member-expression-to-functions@8.0.5 define-lazy-prop@3.0.0 jest-haste-map@30.5.1
    extend@3.0.2 on-headers@1.1.0 get-tsconfig@4.14.3 strnum@2.5.1 serialize-javascript@7.1.4
    safe-array-concat@1.1.4 lilconfig@3.1.5 is-extendable@1.0.1 @jest/transform@30.5.2
    data-uri-to-buffer@8.0.0 typed-array-byte-offset@1.0.5 typed-array-byte-length@1.0.3
    @aws-sdk/region-config-resolver@3.972.58 nopt@10.0.1 escodegen@2.1.0 @bcoe/v8-coverage@1.0.2
    kleur@4.1.5 jest-get-type@29.6.3 typed-array-length@1.0.8 cli-width@4.1.0
    @types/express-serve-static-core@5.1.3 istanbul-lib-source-maps@5.0.6 mimic-response@4.0.0
    is-path-inside@4.0.0 @eslint/plugin-kit@0.7.3 arraybuffer.prototype.slice@1.0.4
    @babel/helper-optimise-call-expression@8.0.0 @types/send@1.2.1 type-detect@4.1.0
    eslint-plugin-react-hooks@7.1.1 @jest/fake-timers@30.5.2 set-function-name@2.0.2
    is-negative-zero@2.0.3 html-escaper@3.0.3 whatwg-encoding@3.1.1 @eslint/config-array@0.23.6
    @jest/environment@30.5.2 rc@1.2.8 xml-name-validator@5.0.0 which-collection@1.0.2
    @sinonjs/commons@3.0.1 cssesc@3.0.0 is-map@2.0.3 @eslint/object-schema@3.0.5
    @aws-sdk/credential-provider-http@3.972.86 is-set@2.0.3 is-weakset@2.0.4
    @babel/plugin-transform-modules-commonjs@8.1.2 @types/istanbul-reports@3.0.4
    html-encoding-sniffer@7.0.0 istanbul-lib-report@3.0.1 dedent@1.7.2 is-weakmap@2.0.2
    @types/express@5.0.6 webpack-sources@3.7.0 @jest/test-result@30.5.2
    @smithy/node-http-handler@4.14.2 test-exclude@8.0.0 @jest/console@30.5.2 @vitest/utils@5.1.0
    @babel/helper-skip-transparent-expression-wrappers@8.1.0 tinyexec@1.3.1
    @smithy/util-middleware@4.5.2 cssstyle@6.2.0 data-urls@8.0.0 @smithy/smithy-client@4.15.2
    is-descriptor@3.1.2 destroy@1.2.0 data-view-byte-length@1.0.2 data-view-buffer@1.0.2
    data-view-byte-offset@1.0.1 array-includes@3.2.0 @smithy/fetch-http-handler@5.8.1
    decamelize@7.0.0 object.values@1.2.1 is-data-view@1.0.2 @smithy/shared-ini-file-loader@4.7.2
    @eslint/config-helpers@0.7.0 @smithy/node-config-provider@4.6.2
    @opentelemetry/instrumentation@0.301.1 dir-glob@3.0.1 compression@1.8.2 split2@4.2.0
    @smithy/abort-controller@4.4.2 read-pkg@10.1.0 which-builtin-type@1.2.1
    @vitest/pretty-format@5.1.0 saxes@6.0.0 @humanfs/node@0.17.0 @octokit/types@18.0.0
    reflect.getprototypeof@1.0.10 compressible@2.0.18 @smithy/querystring-builder@4.5.2
    fs-minipass@3.0.3 neo-async@2.6.2 diff-sequences@29.6.3 jest-validate@30.5.1
    @radix-ui/react-context@1.3.0 @humanfs/core@0.20.0 is-finalizationregistry@1.1.1
    @types/connect@3.4.38 socks-proxy-agent@10.1.0 w3c-xmlserializer@6.0.0 @smithy/util-stream@4.8.2
    @smithy/middleware-endpoint@4.7.2 is-async-function@2.1.1 array.prototype.flat@1.3.3
    @tootallnate/once@3.0.1 abbrev@5.0.0 es-shim-unscopables@1.1.0 utils-merge@1.0.1
    @colors/colors@1.6.1 methods@1.1.2 @smithy/util-hex-encoding@4.5.2
    @aws-sdk/nested-clients@3.998.3 @smithy/util-base64@4.6.2 @smithy/util-uri-escape@4.5.2
    @babel/plugin-syntax-object-rest-spread@7.8.3 @istanbuljs/schema@0.1.6 babel-preset-jest@30.5.0
    babel-plugin-jest-hoist@30.5.0 @smithy/url-parser@4.5.2 @ungap/structured-clone@1.4.0
    @types/serve-static@2.2.0 is-interactive@2.0.0 babel-plugin-istanbul@8.0.2
    stop-iteration-iterator@1.1.0 @types/yargs-parser@21.0.3 array.prototype.flatmap@1.3.3
    jest-environment-node@30.5.2 @alloc/quick-lru@5.3.0 jest-resolve@30.5.1
    @opentelemetry/sdk-trace-base@2.12.1 array-flatten@3.0.0 @smithy/middleware-serde@4.5.2
    leven@4.1.0 @smithy/querystring-parser@4.5.2 @smithy/util-retry@4.6.2
    @babel/helper-define-polyfill-provider@1.0.0 @smithy/middleware-stack@4.5.2 @vitest/spy@5.1.0
    @babel/plugin-syntax-class-properties@7.12.13 jest-watcher@30.5.2
    @babel/plugin-transform-classes@8.0.8 use-sync-external-store@1.7.0 jest-snapshot@30.5.2
    @types/ws@8.18.2 @aws-sdk/xml-builder@3.972.43 object.fromentries@2.0.8 requires-port@1.0.0
    @smithy/signature-v4@5.7.5 stack-utils@2.0.6 buffer-crc32@1.0.0 widest-line@6.0.0
    @types/qs@6.15.1 @babel/plugin-syntax-optional-chaining@7.8.3 shell-quote@1.12.0
    @babel/plugin-syntax-async-generators@7.8.4
    @babel/plugin-syntax-nullish-coalescing-operator@7.8.3
    @babel/plugin-transform-block-scoping@8.0.8 @babel/plugin-syntax-optional-catch-binding@7.8.3
    @types/istanbul-lib-coverage@2.0.6 @babel/plugin-transform-destructuring@8.0.5
    @babel/plugin-syntax-top-level-await@7.14.5 @babel/plugin-syntax-numeric-separator@7.10.4
    ast-types@0.16.3 @babel/plugin-syntax-json-strings@7.8.3 @octokit/openapi-types@29.0.1
    chardet@2.2.0 jest-docblock@30.5.0 jest-config@30.5.2 @vitest/expect@5.1.0
    @jest/source-map@30.5.2 @babel/plugin-transform-spread@8.0.8
    @babel/plugin-transform-computed-properties@8.0.1 ansi-colors@4.1.3 @jest/expect-utils@30.5.2
    find-cache-dir@6.0.0 @jest/test-sequencer@30.5.2 @types/istanbul-lib-report@3.0.3
    set-proto@1.0.0 @smithy/middleware-retry@4.8.2
    @babel/plugin-syntax-logical-assignment-operators@7.10.4 jest-runtime@30.5.2
    @jridgewell/source-map@0.3.11 @jest/globals@30.5.2 @babel/plugin-transform-parameters@8.0.5
    object-hash@3.0.0 spdx-expression-parse@5.0.0 @floating-ui/core@1.8.0 @jest/reporters@30.5.2
    xmlchars@2.2.0 @smithy/service-error-classification@4.6.2 @types/stack-utils@2.0.3
    @babel/helper-create-regexp-features-plugin@8.0.7 through@2.3.8 own-keys@1.0.2
    string-length@7.0.1 @babel/plugin-syntax-import-meta@7.10.4
    @babel/plugin-transform-arrow-functions@8.0.1 jest-each@30.5.2
    @smithy/util-defaults-mode-node@4.5.2 @smithy/util-defaults-mode-browser@4.6.2
    @babel/plugin-transform-async-to-generator@8.0.1 jest-runner@30.5.2 dequal@2.0.3
    @babel/plugin-transform-for-of@8.0.7 process@0.11.10
    @babel/plugin-transform-shorthand-properties@8.0.1 spdx-license-ids@3.0.24
    @aws-crypto/util@5.2.0 @img/sharp-linux-x64@0.35.5 @babel/plugin-transform-function-name@8.0.1
    @babel/plugin-transform-literals@8.0.1 env-paths@4.0.0 @img/sharp-libvips-linux-x64@1.3.4
    redent@4.0.0 @babel/plugin-transform-regenerator@8.0.6 symbol-tree@3.2.4
    jest-leak-detector@30.5.1 assertion-error@2.0.1 @babel/plugin-transform-template-literals@8.0.1
    safe-push-apply@1.0.0 resolve-pkg-maps@1.0.0 through2@5.0.12 regjsparser@0.14.1
    @jest/core@30.5.2 graphemer@1.4.0 sisteransi@2.0.0 import-local@3.2.0 lodash.isplainobject@4.0.6
    @babel/helper-wrap-function@8.0.0 eslint-module-utils@2.14.0 @types/body-parser@1.19.6
    @types/json5@2.2.0 @cspotcode/source-map-support@0.8.1 jest-cli@30.5.2
    @smithy/config-resolver@4.7.2 @babel/plugin-transform-named-capturing-groups-regex@8.0.1
    is-buffer@2.0.5 @smithy/credential-provider-imds@4.5.2 jest-changed-files@30.5.1
    babel-plugin-polyfill-corejs3@1.0.0 jest-resolve-dependencies@30.5.2 tinyrainbow@3.2.0
    react-refresh@0.19.0 make-error@1.3.6 clean-stack@6.0.0 cli-boxes@4.0.1 prompts@2.4.2
    char-regex@2.0.2 @babel/helper-remap-async-to-generator@8.0.1 @smithy/hash-node@4.5.2
    text-table@0.2.0 @aws-sdk/client-sso@3.1161.0 smart-buffer@4.2.0
    @babel/plugin-transform-unicode-regex@8.0.1 eslint-import-resolver-node@0.4.0
    @smithy/middleware-content-length@4.5.2 @smithy/invalid-dependency@4.5.2
    @babel/plugin-transform-sticky-regex@8.0.1 get-package-type@0.1.0 event-target-shim@6.0.2
    object.entries@1.1.9 resolve-cwd@3.0.0 @babel/plugin-syntax-bigint@7.8.3
    @babel/plugin-transform-block-scoped-functions@8.0.1 @babel/plugin-transform-object-super@8.0.1
    util@0.12.5 @types/range-parser@1.2.7 is-potential-custom-element-name@1.0.1
    @babel/plugin-transform-property-literals@8.0.1
    @babel/plugin-transform-member-expression-literals@8.0.1 core-js-compat@3.51.0
    abort-controller@3.0.0 spdx-exceptions@2.5.0 @smithy/util-body-length-browser@4.5.2
    eslint-config-prettier@10.1.8 defaults@3.0.0 @babel/plugin-transform-modules-systemjs@8.0.1
    async-function@1.0.0 emittery@2.2.0 @testing-library/dom@10.4.2 tar-fs@3.1.3
    @babel/plugin-transform-exponentiation-operator@8.0.1 node-int64@0.4.0
    @babel/plugin-proposal-private-property-in-object@7.21.11
    @babel/plugin-transform-dotall-regex@8.0.1 fraction.js@5.3.4 @smithy/util-endpoints@3.7.2
    detect-newline@4.0.1 @types/uuid@11.0.0 @babel/plugin-syntax-private-property-in-object@7.14.5
    cli-truncate@6.2.0 jest-circus@30.5.2 @babel/plugin-syntax-import-assertions@7.29.7
    normalize-url@10.0.0 buffer-equal-constant-time@1.0.1 is-promise@4.0.0
    @ampproject/remapping@2.3.0 rfdc@1.4.1 registry-auth-token@5.1.1 @emnapi/runtime@1.11.3
    boolbase@2.0.0 proc-log@7.0.0 @istanbuljs/load-nyc-config@1.1.0 wordwrap@1.0.0 std-env@4.3.0
    fb-watchman@2.0.4 http-cache-semantics@4.3.0 @babel/plugin-syntax-class-static-block@7.14.5
    string.prototype.matchall@4.1.0 @babel/plugin-transform-typeof-symbol@8.0.1
    @babel/plugin-transform-optional-chaining@8.0.5 @types/jest@30.0.0 file-type@22.3.0
    @babel/plugin-transform-modules-amd@8.0.1 min-indent@1.0.1 regexpu-core@6.5.4 @types/ms@2.1.0
    arrify@3.0.0 @babel/plugin-transform-duplicate-keys@8.0.1
    @babel/plugin-transform-modules-umd@8.0.1 @babel/plugin-transform-new-target@8.0.1
    spdx-correct@3.2.0 typescript-eslint@8.73.0 glob-to-regexp@0.4.1
    @smithy/util-config-provider@4.5.2 color@5.0.3 @types/http-errors@2.0.5 pure-rand@8.4.2
    @babel/plugin-transform-reserved-words@8.0.1 yn@5.1.0 ecdsa-sig-formatter@1.0.11 bser@2.1.2
    set-blocking@2.0.0 @adobe/css-tools@4.5.0 ansi-align@3.0.1 @sindresorhus/is@8.1.0
    @babel/plugin-transform-class-properties@8.0.1 @smithy/util-body-length-node@4.5.2
    decompress-response@10.0.0 url-parse@1.5.10 @floating-ui/react-dom@2.1.9 read-pkg-up@11.0.0
    walker@1.0.8 @babel/plugin-transform-nullish-coalescing-operator@8.0.1 @types/eslint@9.6.1
    @babel/plugin-transform-unicode-escapes@8.0.1 aggregate-error@5.1.0 tmpl@1.0.5
    babel-preset-current-node-syntax@1.2.0 @babel/plugin-transform-private-methods@8.0.1
    @types/mime@4.0.0 @babel/plugin-transform-async-generator-functions@8.0.6
    web-streams-polyfill@4.3.0 @aws-crypto/supports-web-crypto@5.2.0 is-obj@3.0.0
    @babel/plugin-transform-react-jsx-source@7.29.7 any-promise@1.3.0
    @aws-crypto/sha256-browser@5.2.0 @vitest/snapshot@5.1.0 jsx-ast-utils@3.3.5
    @babel/plugin-transform-react-jsx-self@7.29.7 @tsconfig/node10@1.0.14 makeerror@1.0.12
    @babel/plugin-bugfix-v8-spread-parameters-in-optional-chaining@8.0.1
    @babel/plugin-transform-typescript@8.0.6 postcss-load-config@6.0.1 deep-eql@5.0.2
    @babel/preset-modules@0.2.0 @tsconfig/node14@14.1.9 validate-npm-package-license@3.0.4
    babel-plugin-polyfill-regenerator@1.0.0 run-async@4.0.6 @protobufjs/utf8@1.1.2
    @protobufjs/path@1.1.2 @protobufjs/pool@1.1.0 @protobufjs/eventemitter@1.1.1
    @protobufjs/codegen@2.0.5 querystringify@2.2.0 @protobufjs/base64@1.1.2
    @babel/plugin-transform-object-rest-spread@8.0.1 generator-function@2.0.1
    @tsconfig/node16@16.1.9 color-string@2.1.4
    @babel/plugin-transform-logical-assignment-operators@8.0.1
    @babel/plugin-transform-private-property-in-object@8.0.5 babel-plugin-polyfill-corejs2@0.4.17
    loader-runner@4.3.2 registry-url@7.2.0 setimmediate@1.0.5
    @babel/plugin-bugfix-safari-id-destructuring-collision-in-function-expression@8.0.1
    @babel/plugin-transform-numeric-separator@8.0.1 jsonc-parser@3.3.1
    array.prototype.findlastindex@1.2.6 @babel/plugin-transform-class-static-block@8.0.5
    @babel/plugin-transform-optional-catch-binding@8.0.1 es-iterator-helpers@1.4.0
    @tsconfig/node12@12.1.8 @humanwhocodes/config-array@0.13.0 create-require@1.1.1
    playwright@1.65.1 @vitest/runner@4.1.12 @webassemblyjs/ast@1.14.1 @floating-ui/utils@0.2.12
    tiny-invariant@1.3.3 resolve.exports@2.0.4 axe-core@4.14.1 regenerate-unicode-properties@10.3.0
    unicode-match-property-value-ecmascript@2.2.1 @radix-ui/react-compose-refs@1.1.5
    @webassemblyjs/helper-wasm-bytecode@1.14.1 safe-stable-stringify@3.0.0 loupe@3.2.1
    @types/prop-types@15.7.15 @protobufjs/float@1.0.2 @protobufjs/aspromise@1.1.2
    @protobufjs/inquire@1.1.2 @protobufjs/fetch@1.1.1 @jest/expect@30.5.2 check-error@2.1.3
    @standard-schema/spec@1.1.0 @csstools/css-tokenizer@4.0.2 object.groupby@1.0.3 thenify@3.3.1
    @babel/highlight@7.25.9 @webassemblyjs/helper-api-error@1.14.1
    @webassemblyjs/wast-printer@1.14.1 @csstools/css-parser-algorithms@4.0.2 @vitest/mocker@5.1.0
    quick-lru@7.3.0 @rolldown/pluginutils@1.1.1 collect-v8-coverage@1.0.3
    @webassemblyjs/wasm-gen@1.14.1 @babel/plugin-transform-export-namespace-from@8.1.0
    @webassemblyjs/wasm-parser@1.14.1 @webassemblyjs/wasm-edit@1.14.1
    @webassemblyjs/helper-buffer@1.14.1 lodash.once@4.1.1 @webassemblyjs/wasm-opt@1.14.1
    @webassemblyjs/helper-wasm-section@1.14.1 jsbn@1.1.0 @webassemblyjs/leb128@1.14.1
    @webassemblyjs/ieee754@1.14.1 @webassemblyjs/utf8@1.14.1 is-arguments@1.2.0 pathval@2.0.1
    gtoken@8.0.0 @next/env@16.4.6 mz@2.7.0 @napi-rs/wasm-runtime@1.2.7
    @babel/preset-typescript@8.0.7 @webassemblyjs/floating-point-hex-parser@1.14.1 unique-slug@7.0.0
    unist-util-is@6.0.1 unique-filename@6.0.0 immutable@5.2.1 jest-pnp-resolver@1.2.3
    lower-case@3.0.0 dot-prop@10.2.0 meow@14.1.0 @radix-ui/primitive@1.2.0
    @humanwhocodes/object-schema@2.0.3 log-update@8.0.0 unicode-property-aliases-ecmascript@3.0.0
    no-case@4.0.0 @types/chai@5.2.3 d3-array@3.2.5 thenify-all@1.6.0 is-generator-fn@3.0.0 he@2.0.0
    lodash.isstring@4.0.1 json-stringify-safe@5.0.1 @types/graceful-fs@4.1.9
    v8-compile-cache-lib@3.0.1 unicode-canonical-property-names-ecmascript@3.0.0
    unist-util-visit-parents@6.1.0 eslint-import-resolver-typescript@4.4.5 @types/semver@7.8.0
    @babel/plugin-transform-json-strings@8.0.1 @babel/plugin-transform-unicode-sets-regex@8.0.1
    @babel/plugin-transform-unicode-property-regex@8.0.1 @grpc/proto-loader@0.8.1 tunnel-agent@0.6.0
    is-typedarray@1.0.0 arch@3.0.0 listr2@11.4.0 array.prototype.tosorted@1.1.4
    chrome-trace-event@1.0.4 lodash.memoize@4.1.2 unist-util-visit@5.2.0 @types/aria-query@5.0.4
    lowercase-keys@4.0.1 unicode-match-property-ecmascript@2.0.0 import-in-the-middle@3.6.0
    regenerate@1.5.0 tldts-core@7.5.4 progress@2.0.3 lodash.camelcase@4.3.0
    @babel/plugin-transform-dynamic-import@8.0.1 iterator.prototype@1.1.5 axobject-query@4.1.0
    asap@2.0.6 @npmcli/fs@6.0.0 lodash.isboolean@3.0.3 @radix-ui/react-use-layout-effect@1.1.4
    @babel/plugin-bugfix-v8-static-class-fields-redefine-readonly@8.0.1 concat-stream@2.0.0
    @types/parse-json@7.0.0 json-schema@0.4.0 @aws-sdk/util-locate-window@3.965.10
    @inquirer/type@4.3.0 @octokit/request@10.0.16 hermes-estree@0.37.0 hermes-parser@0.37.0
    tinyspy@4.0.6 stylis@4.4.0 styled-jsx@5.1.7 map-obj@7.0.0 fs-constants@1.0.0
    make-fetch-happen@16.0.1 @types/hast@3.0.5 synckit@0.12.3 lz-string@1.5.0 @rtsao/scc@1.1.0
    tree-kill@1.2.2 path-is-inside@1.0.2 get-east-asian-width@1.7.0 regjsgen@0.8.0
    validate-npm-package-name@8.0.0 @csstools/css-calc@3.4.3 @webassemblyjs/helper-numbers@1.14.1
    postgres-array@3.0.4 tinybench@6.2.3 @opentelemetry/sdk-metrics@3.1.1 commondir@1.0.1
    supports-hyperlinks@4.6.0 why-is-node-running@3.2.3 lie@3.3.0 memfs@4.80.1
    unist-util-stringify-position@4.0.0 @babel/plugin-syntax-unicode-sets-regex@7.18.6 fflate@0.8.3
    client-only@0.0.1 @radix-ui/react-use-controllable-state@1.3.0 @octokit/request-error@7.1.2
    unicorn-magic@0.4.1 @inquirer/core@12.1.0 array.prototype.findlast@1.2.5
    @radix-ui/react-presence@1.1.11 string.prototype.repeat@1.0.0 @tybys/wasm-util@0.10.5
    lodash.includes@4.3.0 @csstools/color-helpers@6.1.2 lodash.isnumber@3.0.3 lodash.isinteger@4.0.4
    micromark-util-symbol@2.0.1 @types/eslint-scope@9.1.0 which-module@2.0.1 exit@0.1.2
    @emnapi/core@1.11.3 @babel/plugin-bugfix-firefox-class-in-computed-class-key@8.0.1
    @csstools/css-color-parser@4.2.7 html-entities@2.6.0 lightningcss-linux-x64-gnu@1.33.0
    @radix-ui/react-use-callback-ref@1.1.5 pkg-types@2.4.0 performance-now@2.1.0
    require-main-filename@2.0.0 d3-format@3.1.3 @babel/plugin-transform-react-jsx@8.0.1
    minimalistic-assert@1.0.1 @xtuc/long@4.2.2 @radix-ui/react-dismissable-layer@1.2.1
    css.escape@1.5.1 postgres-bytea@3.0.0 @types/tough-cookie@4.0.5 d3-shape@3.2.1 bowser@2.15.0
    @xtuc/ieee754@1.2.0 @types/debug@4.1.13 d3-path@3.1.1 postgres-interval@4.1.0
    dotenv-expand@1000.0.0 @next/swc-linux-x64-gnu@16.4.6 big.js@7.0.1 p-cancelable@4.0.1
    interpret@3.1.1 immediate@3.3.0 is-windows@1.0.2 react-remove-scroll@2.7.2 stackback@0.0.2
    postgres-date@2.1.0 siginfo@2.0.0 @radix-ui/react-portal@1.2.0 pg-types@4.1.0
    @types/d3-shape@3.2.0 pend@1.2.0 hoist-non-react-statics@3.3.2 astral-regex@2.0.0
    @types/mdast@4.0.4 @radix-ui/react-id@1.1.4 @octokit/endpoint@11.0.5 node-domexception@2.0.2
    @babel/plugin-transform-duplicate-named-capturing-groups-regex@8.0.1 @pkgr/core@0.3.6
    @emnapi/wasi-threads@2.2.0 p-retry@9.0.0 postcss-import@17.0.1 confbox@0.3.2 expect-type@1.4.0
    @img/colour@1.1.0 p-finally@3.0.0 @babel/plugin-transform-react-display-name@8.0.1
    tailwind-merge@3.7.0 micromark-util-character@2.1.1 google-logging-utils@2.2.0
    @types/deep-eql@4.0.2 dot-case@4.0.0 abab@2.0.6 @types/retry@0.12.5 fast-diff@1.3.0
    typedarray@0.0.7 @aws/lambda-invoke-store@0.3.0 @aws-sdk/credential-provider-login@3.972.92
    consola@3.4.2 extsprintf@1.4.1 internmap@2.0.3 archiver-utils@5.0.2 node-gyp-build@4.8.4
    p-timeout@8.0.0 vfile-message@4.0.4 flat@6.0.1 json-bigint@1.0.0 component-emitter@2.0.0
    fast-safe-stringify@2.1.1 @asamuzakjp/css-color@7.2.0 camel-case@5.0.0
    @jridgewell/set-array@1.2.1 cacheable-request@13.0.19
    @babel/plugin-bugfix-safari-class-field-initializer-scope@8.0.1
    @babel/helper-split-export-declaration@7.24.7 @aws-crypto/crc32@5.2.0 clipboardy@5.3.2
    ts-interface-checker@1.0.2 duplexify@4.1.3 @smithy/util-waiter@4.6.2 acorn-globals@7.0.1
    d3-interpolate@3.0.2 @isaacs/fs-minipass@4.0.1 require-in-the-middle@8.0.1 pg-protocol@1.16.1
    vfile@6.0.3 @octokit/plugin-paginate-rest@16.0.0 @inquirer/confirm@6.4.0 global-prefix@4.0.0
    @smithy/eventstream-codec@4.5.2 @types/trusted-types@2.0.7 path-browserify@1.0.1
    ast-types-flow@0.0.8 domexception@4.0.0 character-entities@2.0.2
    @testing-library/user-event@14.6.12 @emotion/memoize@0.9.0 mdast-util-to-string@4.0.0
    d3-time@3.1.1 @tailwindcss/oxide@4.3.5 @tailwindcss/node@4.3.5 d3-color@3.1.1 read-cache@1.0.2
    @radix-ui/react-focus-guards@1.2.0 @types/normalize-package-data@2.4.4
    @babel/plugin-transform-regexp-modifiers@8.0.1 param-case@4.0.0 @octokit/graphql@9.0.5
    fd-slicer@1.1.0 vite-node@6.0.0 enquirer@2.4.1 streamsearch@1.1.0 chalk-template@1.1.3
    npm-package-arg@14.0.0 @octokit/auth-token@6.0.0 property-information@7.2.0
    @inquirer/figures@2.1.0 @radix-ui/react-use-escape-keydown@1.1.6 asn1@0.2.6
    damerau-levenshtein@1.0.8 @radix-ui/react-focus-scope@1.3.1 encoding@0.1.14
    normalize-range@0.1.2 @vitejs/plugin-react@6.3.0 @hapi/hoek@11.0.7 is-accessor-descriptor@3.0.6
    is-data-descriptor@2.1.3 acorn-import-attributes@1.9.5 simple-swizzle@0.2.4 responselike@4.0.2
    @types/pg@8.23.1 process-warning@5.1.1 eslint-plugin-prettier@5.5.7 unplugin@3.7.0
    language-tags@2.1.0 b4a@1.9.0 os-tmpdir@2.0.0 language-subtag-registry@0.4.2 deep-equal@2.2.3
    dom-helpers@6.0.1 jake@13.0.3 default-browser-id@5.0.1 fetch-blob@4.0.0
    webpack-dev-middleware@8.6.1 streamx@2.28.1 router@2.3.0 @babel/preset-react@8.0.1
    assert-plus@1.0.0 @aws-sdk/middleware-sdk-s3@3.972.89 minipass-collect@2.0.1 rechoir@1.0.0
    webpack-virtual-modules@0.6.2 napi-postinstall@0.3.8 universal-user-agent@7.0.3
    micromark-util-types@2.0.3 @aws-sdk/signature-v4-multi-region@3.996.52 d3-time-format@4.1.1
    global-modules@2.0.0 @radix-ui/react-collection@1.2.0 react-transition-group@4.4.5 dlv@1.1.3
    postcss-nested@9.0.1 d3-timer@3.0.2 fast-equals@6.2.2 crc-32@1.2.2 zod-to-json-schema@3.25.2
    unique-string@3.0.0 err-code@3.0.1 @szmarczak/http-timer@5.0.1
    postcss-modules-local-by-default@4.2.0 filelist@2.0.2 emojis-list@3.0.0 cac@7.1.0
    crypto-random-string@6.0.0 is-inside-container@1.0.0 faye-websocket@0.11.4
    babel-plugin-macros@3.1.0 pretty-bytes@7.2.0 formdata-polyfill@4.0.10 run-applescript@7.1.0
    @radix-ui/react-direction@1.2.0 ua-parser-js@2.0.10 default-browser@5.5.1
    module-details-from-path@1.0.4 stable-hash@0.0.6 @aws-sdk/util-arn-parser@3.972.51
    postcss-modules-extract-imports@3.1.0 @types/d3-time@3.0.4 string-argv@0.4.0 promise-retry@2.0.1
    character-entities-legacy@3.0.0 @tailwindcss/oxide-linux-x64-gnu@4.3.5 bare-events@2.9.2
    ret@0.5.1 @tanstack/query-core@5.108.0 fast-fifo@1.3.2 url@0.11.4
    @smithy/eventstream-serde-node@4.5.2 @smithy/eventstream-serde-universal@4.5.2
    @swc/counter@0.1.3 d3-scale@4.0.3 serve-handler@6.1.8 http-parser-js@0.5.10
    micromark-factory-space@2.1.0 stream-shift@1.0.3 websocket-driver@0.8.0 ts-jest@29.4.15
    pino-abstract-transport@3.0.0 mrmime@2.0.1 load-json-file@7.0.1
    @opentelemetry/context-async-hooks@3.1.1 sonic-boom@5.0.2
    @smithy/eventstream-serde-browser@4.5.2 pascal-case@4.0.0 shallow-clone@3.0.1
    @smithy/eventstream-serde-config-resolver@4.6.2
    @babel/plugin-transform-react-jsx-development@8.0.1 @types/d3-color@3.1.3 promise@8.3.0
    @types/d3-path@3.1.1 mdast-util-from-markdown@2.1.0 @radix-ui/react-popper@1.4.0
    postcss-modules-scope@3.2.1 camelcase-css@2.0.1 d3-ease@3.0.2
    @unrs/resolver-binding-linux-x64-gnu@1.13.0 prettier-linter-helpers@1.0.1 update-check@1.5.4
    @octokit/plugin-rest-endpoint-methods@18.0.0 proxy-agent@8.0.2 bcrypt-pbkdf@1.0.2
    postcss-js@5.1.0 @types/d3-scale@4.0.9 @types/d3-interpolate@3.0.4 eslint-config-next@16.4.6
    space-separated-tokens@2.0.2 @next/eslint-plugin-next@16.4.6 icss-utils@5.1.0
    websocket-extensions@0.2.0 @emotion/unitless@0.10.0 cli-table3@0.6.5 lodash.uniq@4.5.0
    object-is@1.1.6 pg-int8@1.0.1 verror@1.10.1 @babel/plugin-transform-react-pure-annotations@8.0.1
    at-least-node@1.0.0 pg-connection-string@2.14.1 @babel/helper-simple-access@7.29.7 csso@5.0.5
    @babel/helper-function-name@7.24.7 invariant@2.2.4 clone-deep@4.0.1
    @next/swc-linux-x64-musl@16.4.6 text-decoder@1.2.7 zod-validation-error@5.0.0
    jest-environment-jsdom@30.5.2 bundle-name@4.1.1 postcss-modules-values@4.0.0
    decode-uri-component@0.5.1 colors@1.4.0 tinypool@2.2.0 pluralize@8.0.0 didyoumean@1.2.2
    @types/resolve@1.20.6 mimic-function@5.0.1 has-values@2.0.1 use-callback-ref@1.3.3
    memoize-one@6.0.0 before-after-hook@4.0.0 @types/minimatch@6.0.0 use-sidecar@1.1.3 serve@14.2.7
    @types/jsonwebtoken@9.0.10 @radix-ui/react-arrow@1.1.17 @radix-ui/react-use-size@1.1.5
    parse-entities@4.0.2 has-value@2.0.2
`;
