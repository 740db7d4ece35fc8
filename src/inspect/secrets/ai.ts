/** Secrets of services of artificial intelligence. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as anthropicKey } from './ai/anthropic-key.ts';
import { rule as anyscaleKey } from './ai/anyscale-key.ts';
import { rule as apifyToken } from './ai/apify-token.ts';
import { rule as assemblyaiKey } from './ai/assemblyai-key.ts';
import { rule as azureOpenaiLegacyKey } from './ai/azure-openai-legacy-key.ts';
import { rule as baiduQianfanKey } from './ai/baidu-qianfan-key.ts';
import { rule as blockProtocolKey } from './ai/block-protocol-key.ts';
import { rule as botpressToken } from './ai/botpress-token.ts';
import { rule as braveSearchKey } from './ai/brave-search-key.ts';
import { rule as browserbaseKey } from './ai/browserbase-key.ts';
import { rule as cartesiaKey } from './ai/cartesia-key.ts';
import { rule as cerebrasKey } from './ai/cerebras-key.ts';
import { rule as chutesKey } from './ai/chutes-key.ts';
import { rule as clarifaiKey } from './ai/clarifai-key.ts';
import { rule as cohereKey } from './ai/cohere-key.ts';
import { rule as context7Key } from './ai/context7-key.ts';
import { rule as cursorKey } from './ai/cursor-key.ts';
import { rule as cursorServiceKey } from './ai/cursor-service-key.ts';
import { rule as dashscopeKey } from './ai/dashscope-key.ts';
import { rule as daytonaKey } from './ai/daytona-key.ts';
import { rule as deepgramKey } from './ai/deepgram-key.ts';
import { rule as deepinfraKey } from './ai/deepinfra-key.ts';
import { rule as deepseekKey } from './ai/deepseek-key.ts';
import { rule as devinKey } from './ai/devin-key.ts';
import { rule as difyKey } from './ai/dify-key.ts';
import { rule as e2bKey } from './ai/e2b-key.ts';
import { rule as elevenlabsKey } from './ai/elevenlabs-key.ts';
import { rule as exaKey } from './ai/exa-key.ts';
import { rule as falKey } from './ai/fal-key.ts';
import { rule as fastgptKey } from './ai/fastgpt-key.ts';
import { rule as firecrawlKey } from './ai/firecrawl-key.ts';
import { rule as fireworksKey } from './ai/fireworks-key.ts';
import { rule as friendliToken } from './ai/friendli-token.ts';
import { rule as gammaKey } from './ai/gamma-key.ts';
import { rule as googleGeminiKey } from './ai/google-gemini-key.ts';
import { rule as greptileKey } from './ai/greptile-key.ts';
import { rule as groqKey } from './ai/groq-key.ts';
import { rule as hackClubKey } from './ai/hack-club-key.ts';
import { rule as heliconeKey } from './ai/helicone-key.ts';
import { rule as heygenKey } from './ai/heygen-key.ts';
import { rule as huggingFaceToken } from './ai/hugging-face-token.ts';
import { rule as humanloopKey } from './ai/humanloop-key.ts';
import { rule as jinaKey } from './ai/jina-key.ts';
import { rule as kaggleFileKey } from './ai/kaggle-file-key.ts';
import { rule as kaggleLegacyKey } from './ai/kaggle-legacy-key.ts';
import { rule as kaggleToken } from './ai/kaggle-token.ts';
import { rule as labelboxKey } from './ai/labelbox-key.ts';
import { rule as lambdaCloudKey } from './ai/lambda-cloud-key.ts';
import { rule as langfuseKey } from './ai/langfuse-key.ts';
import { rule as langsmithKey } from './ai/langsmith-key.ts';
import { rule as langwatchKey } from './ai/langwatch-key.ts';
import { rule as lettaKey } from './ai/letta-key.ts';
import { rule as lightonKey } from './ai/lighton-key.ts';
import { rule as llamaCloudKey } from './ai/llama-cloud-key.ts';
import { rule as lumaKey } from './ai/luma-key.ts';
import { rule as minimaxKey } from './ai/minimax-key.ts';
import { rule as mistralKey } from './ai/mistral-key.ts';
import { rule as mixedbreadKey } from './ai/mixedbread-key.ts';
import { rule as modalToken } from './ai/modal-token.ts';
import { rule as moonshotCodeKey } from './ai/moonshot-code-key.ts';
import { rule as moonshotKey } from './ai/moonshot-key.ts';
import { rule as murfKey } from './ai/murf-key.ts';
import { rule as nvidiaKey } from './ai/nvidia-key.ts';
import { rule as ollamaKey } from './ai/ollama-key.ts';
import { rule as openaiKey } from './ai/openai-key.ts';
import { rule as openpipeKey } from './ai/openpipe-key.ts';
import { rule as openrouterKey } from './ai/openrouter-key.ts';
import { rule as perplexityKey } from './ai/perplexity-key.ts';
import { rule as pineconeKey } from './ai/pinecone-key.ts';
import { rule as pineconeLegacyKey } from './ai/pinecone-legacy-key.ts';
import { rule as pollinationsKey } from './ai/pollinations-key.ts';
import { rule as privateAiKey } from './ai/private-ai-key.ts';
import { rule as qdrantKey } from './ai/qdrant-key.ts';
import { rule as ragieKey } from './ai/ragie-key.ts';
import { rule as replicateToken } from './ai/replicate-token.ts';
import { rule as requestyKey } from './ai/requesty-key.ts';
import { rule as retellKey } from './ai/retell-key.ts';
import { rule as runpodKey } from './ai/runpod-key.ts';
import { rule as runwayKey } from './ai/runway-key.ts';
import { rule as saladCloudKey } from './ai/salad-cloud-key.ts';
import { rule as sambanovaKey } from './ai/sambanova-key.ts';
import { rule as scaleCallbackKey } from './ai/scale-callback-key.ts';
import { rule as scrapegraphKey } from './ai/scrapegraph-key.ts';
import { rule as serpapiKey } from './ai/serpapi-key.ts';
import { rule as serperKey } from './ai/serper-key.ts';
import { rule as siliconflowKey } from './ai/siliconflow-key.ts';
import { rule as sourcegraphAmpKey } from './ai/sourcegraph-amp-key.ts';
import { rule as stabilityKey } from './ai/stability-key.ts';
import { rule as tavilyKey } from './ai/tavily-key.ts';
import { rule as togetherKey } from './ai/together-key.ts';
import { rule as togetherLegacyKey } from './ai/together-legacy-key.ts';
import { rule as turbopufferKey } from './ai/turbopuffer-key.ts';
import { rule as upstageKey } from './ai/upstage-key.ts';
import { rule as vectaraKey } from './ai/vectara-key.ts';
import { rule as voiceflowKey } from './ai/voiceflow-key.ts';
import { rule as voyageKey } from './ai/voyage-key.ts';
import { rule as wandbKey } from './ai/wandb-key.ts';
import { rule as wandbLegacyKey } from './ai/wandb-legacy-key.ts';
import { rule as warpKey } from './ai/warp-key.ts';
import { rule as xaiKey } from './ai/xai-key.ts';
import { rule as youComKey } from './ai/you-com-key.ts';
import { rule as zepKey } from './ai/zep-key.ts';
import { rule as zhipuKey } from './ai/zhipu-key.ts';

/** In order of id. */
export const AI: readonly SecretRule[] = [
  anthropicKey,
  anyscaleKey,
  apifyToken,
  assemblyaiKey,
  azureOpenaiLegacyKey,
  baiduQianfanKey,
  blockProtocolKey,
  botpressToken,
  braveSearchKey,
  browserbaseKey,
  cartesiaKey,
  cerebrasKey,
  chutesKey,
  clarifaiKey,
  cohereKey,
  context7Key,
  cursorKey,
  cursorServiceKey,
  dashscopeKey,
  daytonaKey,
  deepgramKey,
  deepinfraKey,
  deepseekKey,
  devinKey,
  difyKey,
  e2bKey,
  elevenlabsKey,
  exaKey,
  falKey,
  fastgptKey,
  firecrawlKey,
  fireworksKey,
  friendliToken,
  gammaKey,
  googleGeminiKey,
  greptileKey,
  groqKey,
  hackClubKey,
  heliconeKey,
  heygenKey,
  huggingFaceToken,
  humanloopKey,
  jinaKey,
  kaggleFileKey,
  kaggleLegacyKey,
  kaggleToken,
  labelboxKey,
  lambdaCloudKey,
  langfuseKey,
  langsmithKey,
  langwatchKey,
  lettaKey,
  lightonKey,
  llamaCloudKey,
  lumaKey,
  minimaxKey,
  mistralKey,
  mixedbreadKey,
  modalToken,
  moonshotCodeKey,
  moonshotKey,
  murfKey,
  nvidiaKey,
  ollamaKey,
  openaiKey,
  openpipeKey,
  openrouterKey,
  perplexityKey,
  pineconeKey,
  pineconeLegacyKey,
  pollinationsKey,
  privateAiKey,
  qdrantKey,
  ragieKey,
  replicateToken,
  requestyKey,
  retellKey,
  runpodKey,
  runwayKey,
  saladCloudKey,
  sambanovaKey,
  scaleCallbackKey,
  scrapegraphKey,
  serpapiKey,
  serperKey,
  siliconflowKey,
  sourcegraphAmpKey,
  stabilityKey,
  tavilyKey,
  togetherKey,
  togetherLegacyKey,
  turbopufferKey,
  upstageKey,
  vectaraKey,
  voiceflowKey,
  voyageKey,
  wandbKey,
  wandbLegacyKey,
  warpKey,
  xaiKey,
  youComKey,
  zepKey,
  zhipuKey,
];
