/** Packages that precision is measured on, pinned, so that two runs look at the same bytes. */

/** Packages of one ecosystem: those that most download, those that scanners find most in, and those
 * that were looked at only after the rules were mended on the others. */
interface PrecisionList {
  readonly popular: readonly string[];
  readonly noisy: readonly string[];
  readonly unseen: readonly string[];
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
};
