/** Secrets of payment, commerce and exchange services. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as adyenApiKey } from './payment/adyen-api-key.ts';
import { rule as alchemyAuthToken } from './payment/alchemy-auth-token.ts';
import { rule as asaasApiKey } from './payment/asaas-api-key.ts';
import { rule as autumnKey } from './payment/autumn-key.ts';
import { rule as binanceSecretKey } from './payment/binance-secret-key.ts';
import { rule as bittrexKey } from './payment/bittrex-key.ts';
import { rule as blockfrostKey } from './payment/blockfrost-key.ts';
import { rule as braintreeAccessToken } from './payment/braintree-access-token.ts';
import { rule as brexToken } from './payment/brex-token.ts';
import { rule as cashfreeSecretKey } from './payment/cashfree-secret-key.ts';
import { rule as chainNodeAddress } from './payment/chain-node-address.ts';
import { rule as chargebeeApiKey } from './payment/chargebee-api-key.ts';
import { rule as chartmogulApiKey } from './payment/chartmogul-api-key.ts';
import { rule as checkoutSecretKey } from './payment/checkout-secret-key.ts';
import { rule as circleApiKey } from './payment/circle-api-key.ts';
import { rule as coinbaseApiSecret } from './payment/coinbase-api-secret.ts';
import { rule as covalentKey } from './payment/covalent-key.ts';
import { rule as creemApiKey } from './payment/creem-api-key.ts';
import { rule as crossmintKey } from './payment/crossmint-key.ts';
import { rule as duffelAccessToken } from './payment/duffel-access-token.ts';
import { rule as dwollaClientSecret } from './payment/dwolla-client-secret.ts';
import { rule as easypostApiKey } from './payment/easypost-api-key.ts';
import { rule as etherscanApiKey } from './payment/etherscan-api-key.ts';
import { rule as etsyKeystring } from './payment/etsy-keystring.ts';
import { rule as finicityAppKey } from './payment/finicity-app-key.ts';
import { rule as finnhubToken } from './payment/finnhub-token.ts';
import { rule as fleetbaseKey } from './payment/fleetbase-key.ts';
import { rule as flutterwaveSecretKey } from './payment/flutterwave-secret-key.ts';
import { rule as freshbooksAccessToken } from './payment/freshbooks-access-token.ts';
import { rule as gocardlessAccessToken } from './payment/gocardless-access-token.ts';
import { rule as heartlandSecretKey } from './payment/heartland-secret-key.ts';
import { rule as infuraProjectSecret } from './payment/infura-project-secret.ts';
import { rule as klarnaApiKey } from './payment/klarna-api-key.ts';
import { rule as krakenPrivateKey } from './payment/kraken-private-key.ts';
import { rule as kucoinApiSecret } from './payment/kucoin-api-secret.ts';
import { rule as lightspeedToken } from './payment/lightspeed-token.ts';
import { rule as lobApiKey } from './payment/lob-api-key.ts';
import { rule as mercadoPagoToken } from './payment/mercado-pago-token.ts';
import { rule as mercuryApiToken } from './payment/mercury-api-token.ts';
import { rule as midtransServerKey } from './payment/midtrans-server-key.ts';
import { rule as mollieApiKey } from './payment/mollie-api-key.ts';
import { rule as omiseSecretKey } from './payment/omise-secret-key.ts';
import { rule as paddleApiKey } from './payment/paddle-api-key.ts';
import { rule as pagarmeApiKey } from './payment/pagarme-api-key.ts';
import { rule as paypalClientSecret } from './payment/paypal-client-secret.ts';
import { rule as paystackSecretKey } from './payment/paystack-secret-key.ts';
import { rule as plaidAccessToken } from './payment/plaid-access-token.ts';
import { rule as plaidSecret } from './payment/plaid-secret.ts';
import { rule as polarAccessToken } from './payment/polar-access-token.ts';
import { rule as polymarketPrivateKey } from './payment/polymarket-private-key.ts';
import { rule as proofKey } from './payment/proof-key.ts';
import { rule as rainforestPayKey } from './payment/rainforest-pay-key.ts';
import { rule as rampClientSecret } from './payment/ramp-client-secret.ts';
import { rule as razorpayKeySecret } from './payment/razorpay-key-secret.ts';
import { rule as rechargeApiToken } from './payment/recharge-api-token.ts';
import { rule as recurlyApiKey } from './payment/recurly-api-key.ts';
import { rule as robinhoodKey } from './payment/robinhood-key.ts';
import { rule as shippoApiToken } from './payment/shippo-api-token.ts';
import { rule as shopifyAccessToken } from './payment/shopify-access-token.ts';
import { rule as shopifyCustomAppToken } from './payment/shopify-custom-app-token.ts';
import { rule as shopifyPrivateAppToken } from './payment/shopify-private-app-token.ts';
import { rule as shopifySharedSecret } from './payment/shopify-shared-secret.ts';
import { rule as shopifyThemeToken } from './payment/shopify-theme-token.ts';
import { rule as squareAccessToken } from './payment/square-access-token.ts';
import { rule as squareApiToken } from './payment/square-api-token.ts';
import { rule as squareLiveToken } from './payment/square-live-token.ts';
import { rule as squareOauthSecret } from './payment/square-oauth-secret.ts';
import { rule as squarespaceToken } from './payment/squarespace-token.ts';
import { rule as stripeOrganizationKey } from './payment/stripe-organization-key.ts';
import { rule as stripeRestrictedKey } from './payment/stripe-restricted-key.ts';
import { rule as stripeSecretKey } from './payment/stripe-secret-key.ts';
import { rule as stripeTestKey } from './payment/stripe-test-key.ts';
import { rule as stripeWebhookSecret } from './payment/stripe-webhook-secret.ts';
import { rule as tossPaymentsKey } from './payment/toss-payments-key.ts';
import { rule as wompiPrivateKey } from './payment/wompi-private-key.ts';
import { rule as xenditSecretKey } from './payment/xendit-secret-key.ts';

/** In order of id. */
export const PAYMENT: readonly SecretRule[] = [
  adyenApiKey,
  alchemyAuthToken,
  asaasApiKey,
  autumnKey,
  binanceSecretKey,
  bittrexKey,
  blockfrostKey,
  braintreeAccessToken,
  brexToken,
  cashfreeSecretKey,
  chainNodeAddress,
  chargebeeApiKey,
  chartmogulApiKey,
  checkoutSecretKey,
  circleApiKey,
  coinbaseApiSecret,
  covalentKey,
  creemApiKey,
  crossmintKey,
  duffelAccessToken,
  dwollaClientSecret,
  easypostApiKey,
  etherscanApiKey,
  etsyKeystring,
  finicityAppKey,
  finnhubToken,
  fleetbaseKey,
  flutterwaveSecretKey,
  freshbooksAccessToken,
  gocardlessAccessToken,
  heartlandSecretKey,
  infuraProjectSecret,
  klarnaApiKey,
  krakenPrivateKey,
  kucoinApiSecret,
  lightspeedToken,
  lobApiKey,
  mercadoPagoToken,
  mercuryApiToken,
  midtransServerKey,
  mollieApiKey,
  omiseSecretKey,
  paddleApiKey,
  pagarmeApiKey,
  paypalClientSecret,
  paystackSecretKey,
  plaidAccessToken,
  plaidSecret,
  polarAccessToken,
  polymarketPrivateKey,
  proofKey,
  rainforestPayKey,
  rampClientSecret,
  razorpayKeySecret,
  rechargeApiToken,
  recurlyApiKey,
  robinhoodKey,
  shippoApiToken,
  shopifyAccessToken,
  shopifyCustomAppToken,
  shopifyPrivateAppToken,
  shopifySharedSecret,
  shopifyThemeToken,
  squareAccessToken,
  squareApiToken,
  squareLiveToken,
  squareOauthSecret,
  squarespaceToken,
  stripeOrganizationKey,
  stripeRestrictedKey,
  stripeSecretKey,
  stripeTestKey,
  stripeWebhookSecret,
  tossPaymentsKey,
  wompiPrivateKey,
  xenditSecretKey,
];
