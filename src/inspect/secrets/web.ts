/** Secrets of web frameworks, sessions and other services. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as abuseipdbKey } from './web/abuseipdb-key.ts';
import { rule as adobeClientSecret } from './web/adobe-client-secret.ts';
import { rule as amazonLoginSecret } from './web/amazon-login-secret.ts';
import { rule as apolloIoKey } from './web/apollo-io-key.ts';
import { rule as appwriteApiKey } from './web/appwrite-api-key.ts';
import { rule as authressKey } from './web/authress-key.ts';
import { rule as bannerbearKey } from './web/bannerbear-key.ts';
import { rule as bigcommerceToken } from './web/bigcommerce-token.ts';
import { rule as bitlyToken } from './web/bitly-token.ts';
import { rule as branchSecretKey } from './web/branch-secret-key.ts';
import { rule as builderIoKey } from './web/builder-io-key.ts';
import { rule as canvaClientSecret } from './web/canva-client-secret.ts';
import { rule as cfxServerKey } from './web/cfx-server-key.ts';
import { rule as cloudinaryUrl } from './web/cloudinary-url.ts';
import { rule as crowdinToken } from './web/crowdin-token.ts';
import { rule as dataGovKey } from './web/data-gov-key.ts';
import { rule as deeplKey } from './web/deepl-key.ts';
import { rule as disqusKey } from './web/disqus-key.ts';
import { rule as djangoSecretKey } from './web/django-secret-key.ts';
import { rule as ebayClientSecret } from './web/ebay-client-secret.ts';
import { rule as facebookAccessToken } from './web/facebook-access-token.ts';
import { rule as facebookAppSecret } from './web/facebook-app-secret.ts';
import { rule as flickrApiSecret } from './web/flickr-api-secret.ts';
import { rule as foursquareKey } from './web/foursquare-key.ts';
import { rule as frameioToken } from './web/frameio-token.ts';
import { rule as ghostAdminKey } from './web/ghost-admin-key.ts';
import { rule as gumroadToken } from './web/gumroad-token.ts';
import { rule as hcaptchaSecret } from './web/hcaptcha-secret.ts';
import { rule as hellosignKey } from './web/hellosign-key.ts';
import { rule as imagekitKey } from './web/imagekit-key.ts';
import { rule as instagramAccessToken } from './web/instagram-access-token.ts';
import { rule as intra42ClientSecret } from './web/intra42-client-secret.ts';
import { rule as jsonWebToken } from './web/json-web-token.ts';
import { rule as jumpcloudKey } from './web/jumpcloud-key.ts';
import { rule as jwtSigningSecret } from './web/jwt-signing-secret.ts';
import { rule as kongToken } from './web/kong-token.ts';
import { rule as laravelAppKey } from './web/laravel-app-key.ts';
import { rule as larkAppSecret } from './web/lark-app-secret.ts';
import { rule as lichessToken } from './web/lichess-token.ts';
import { rule as linkedinClientSecret } from './web/linkedin-client-secret.ts';
import { rule as lokaliseToken } from './web/lokalise-token.ts';
import { rule as mapboxSecretToken } from './web/mapbox-secret-token.ts';
import { rule as mappedinSecret } from './web/mappedin-secret.ts';
import { rule as maxmindLicenseKey } from './web/maxmind-license-key.ts';
import { rule as muxTokenSecret } from './web/mux-token-secret.ts';
import { rule as newsapiKey } from './web/newsapi-key.ts';
import { rule as nextauthSecret } from './web/nextauth-secret.ts';
import { rule as nytimesApiKey } from './web/nytimes-api-key.ts';
import { rule as oktaAuth0ClientSecret } from './web/okta-auth0-client-secret.ts';
import { rule as oktaToken } from './web/okta-token.ts';
import { rule as oneloginSecret } from './web/onelogin-secret.ts';
import { rule as onfidoApiToken } from './web/onfido-api-token.ts';
import { rule as openweatherKey } from './web/openweather-key.ts';
import { rule as oryToken } from './web/ory-token.ts';
import { rule as pandadocKey } from './web/pandadoc-key.ts';
import { rule as pangeaToken } from './web/pangea-token.ts';
import { rule as permitKey } from './web/permit-key.ts';
import { rule as personaApiKey } from './web/persona-api-key.ts';
import { rule as phraseToken } from './web/phrase-token.ts';
import { rule as pinataApiSecret } from './web/pinata-api-secret.ts';
import { rule as pinterestAccessToken } from './web/pinterest-access-token.ts';
import { rule as planningCenterToken } from './web/planning-center-token.ts';
import { rule as postmanApiKey } from './web/postman-api-key.ts';
import { rule as postmanCollectionToken } from './web/postman-collection-token.ts';
import { rule as radarKey } from './web/radar-key.ts';
import { rule as railsSecretKeyBase } from './web/rails-secret-key-base.ts';
import { rule as rapidapiKey } from './web/rapidapi-key.ts';
import { rule as readmeApiKey } from './web/readme-api-key.ts';
import { rule as recaptchaSecret } from './web/recaptcha-secret.ts';
import { rule as redditClientSecret } from './web/reddit-client-secret.ts';
import { rule as riotApiKey } from './web/riot-api-key.ts';
import { rule as robloxSessionCookie } from './web/roblox-session-cookie.ts';
import { rule as scraperapiKey } from './web/scraperapi-key.ts';
import { rule as scrapflyKey } from './web/scrapfly-key.ts';
import { rule as scrapingbeeKey } from './web/scrapingbee-key.ts';
import { rule as seamKey } from './web/seam-key.ts';
import { rule as securitytrailsKey } from './web/securitytrails-key.ts';
import { rule as sessionSecret } from './web/session-secret.ts';
import { rule as shodanKey } from './web/shodan-key.ts';
import { rule as spotifyClientSecret } from './web/spotify-client-secret.ts';
import { rule as sslmateKey } from './web/sslmate-key.ts';
import { rule as storyblokToken } from './web/storyblok-token.ts';
import { rule as strapiApiToken } from './web/strapi-api-token.ts';
import { rule as stravaClientSecret } from './web/strava-client-secret.ts';
import { rule as stytchSecret } from './web/stytch-secret.ts';
import { rule as svixKey } from './web/svix-key.ts';
import { rule as symfonyAppSecret } from './web/symfony-app-secret.ts';
import { rule as tallyKey } from './web/tally-key.ts';
import { rule as tolgeeKey } from './web/tolgee-key.ts';
import { rule as transifexToken } from './web/transifex-token.ts';
import { rule as turnstileSecret } from './web/turnstile-secret.ts';
import { rule as twelveDataKey } from './web/twelve-data-key.ts';
import { rule as twitchClientSecret } from './web/twitch-client-secret.ts';
import { rule as twitterAccessToken } from './web/twitter-access-token.ts';
import { rule as twitterApiSecret } from './web/twitter-api-secret.ts';
import { rule as twitterBearerToken } from './web/twitter-bearer-token.ts';
import { rule as unkeyRootKey } from './web/unkey-root-key.ts';
import { rule as unsplashKey } from './web/unsplash-key.ts';
import { rule as uploadcareSecretKey } from './web/uploadcare-secret-key.ts';
import { rule as virustotalKey } from './web/virustotal-key.ts';
import { rule as vkAccessToken } from './web/vk-access-token.ts';
import { rule as wakatimeKey } from './web/wakatime-key.ts';
import { rule as wakatimeLegacyKey } from './web/wakatime-legacy-key.ts';
import { rule as weatherstackKey } from './web/weatherstack-key.ts';
import { rule as webflowToken } from './web/webflow-token.ts';
import { rule as weblateToken } from './web/weblate-token.ts';
import { rule as wixApiKey } from './web/wix-api-key.ts';
import { rule as woocommerceSecret } from './web/woocommerce-secret.ts';
import { rule as wordpressSalt } from './web/wordpress-salt.ts';
import { rule as wundergraphKey } from './web/wundergraph-key.ts';
import { rule as yelpKey } from './web/yelp-key.ts';
import { rule as zenrowsKey } from './web/zenrows-key.ts';

/** In order of id. */
export const WEB: readonly SecretRule[] = [
  abuseipdbKey,
  adobeClientSecret,
  amazonLoginSecret,
  apolloIoKey,
  appwriteApiKey,
  authressKey,
  bannerbearKey,
  bigcommerceToken,
  bitlyToken,
  branchSecretKey,
  builderIoKey,
  canvaClientSecret,
  cfxServerKey,
  cloudinaryUrl,
  crowdinToken,
  dataGovKey,
  deeplKey,
  disqusKey,
  djangoSecretKey,
  ebayClientSecret,
  facebookAccessToken,
  facebookAppSecret,
  flickrApiSecret,
  foursquareKey,
  frameioToken,
  ghostAdminKey,
  gumroadToken,
  hcaptchaSecret,
  hellosignKey,
  imagekitKey,
  instagramAccessToken,
  intra42ClientSecret,
  jsonWebToken,
  jumpcloudKey,
  jwtSigningSecret,
  kongToken,
  laravelAppKey,
  larkAppSecret,
  lichessToken,
  linkedinClientSecret,
  lokaliseToken,
  mapboxSecretToken,
  mappedinSecret,
  maxmindLicenseKey,
  muxTokenSecret,
  newsapiKey,
  nextauthSecret,
  nytimesApiKey,
  oktaAuth0ClientSecret,
  oktaToken,
  oneloginSecret,
  onfidoApiToken,
  openweatherKey,
  oryToken,
  pandadocKey,
  pangeaToken,
  permitKey,
  personaApiKey,
  phraseToken,
  pinataApiSecret,
  pinterestAccessToken,
  planningCenterToken,
  postmanApiKey,
  postmanCollectionToken,
  radarKey,
  railsSecretKeyBase,
  rapidapiKey,
  readmeApiKey,
  recaptchaSecret,
  redditClientSecret,
  riotApiKey,
  robloxSessionCookie,
  scraperapiKey,
  scrapflyKey,
  scrapingbeeKey,
  seamKey,
  securitytrailsKey,
  sessionSecret,
  shodanKey,
  spotifyClientSecret,
  sslmateKey,
  storyblokToken,
  strapiApiToken,
  stravaClientSecret,
  stytchSecret,
  svixKey,
  symfonyAppSecret,
  tallyKey,
  tolgeeKey,
  transifexToken,
  turnstileSecret,
  twelveDataKey,
  twitchClientSecret,
  twitterAccessToken,
  twitterApiSecret,
  twitterBearerToken,
  unkeyRootKey,
  unsplashKey,
  uploadcareSecretKey,
  virustotalKey,
  vkAccessToken,
  wakatimeKey,
  wakatimeLegacyKey,
  weatherstackKey,
  webflowToken,
  weblateToken,
  wixApiKey,
  woocommerceSecret,
  wordpressSalt,
  wundergraphKey,
  yelpKey,
  zenrowsKey,
];
