/** Secrets of payment, commerce and exchange services. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as adyenApiKey } from './payment/adyen-api-key.ts';
import { rule as alchemyAuthToken } from './payment/alchemy-auth-token.ts';
import { rule as binanceSecretKey } from './payment/binance-secret-key.ts';
import { rule as braintreeAccessToken } from './payment/braintree-access-token.ts';
import { rule as chargebeeApiKey } from './payment/chargebee-api-key.ts';
import { rule as chartmogulApiKey } from './payment/chartmogul-api-key.ts';
import { rule as coinbaseApiSecret } from './payment/coinbase-api-secret.ts';
import { rule as duffelAccessToken } from './payment/duffel-access-token.ts';
import { rule as dwollaClientSecret } from './payment/dwolla-client-secret.ts';
import { rule as easypostApiKey } from './payment/easypost-api-key.ts';
import { rule as etherscanApiKey } from './payment/etherscan-api-key.ts';
import { rule as finicityAppKey } from './payment/finicity-app-key.ts';
import { rule as flutterwaveSecretKey } from './payment/flutterwave-secret-key.ts';
import { rule as freshbooksAccessToken } from './payment/freshbooks-access-token.ts';
import { rule as gocardlessAccessToken } from './payment/gocardless-access-token.ts';
import { rule as infuraProjectSecret } from './payment/infura-project-secret.ts';
import { rule as klarnaApiKey } from './payment/klarna-api-key.ts';
import { rule as krakenPrivateKey } from './payment/kraken-private-key.ts';
import { rule as lobApiKey } from './payment/lob-api-key.ts';
import { rule as mercadoPagoToken } from './payment/mercado-pago-token.ts';
import { rule as midtransServerKey } from './payment/midtrans-server-key.ts';
import { rule as mollieApiKey } from './payment/mollie-api-key.ts';
import { rule as paddleApiKey } from './payment/paddle-api-key.ts';
import { rule as paypalClientSecret } from './payment/paypal-client-secret.ts';
import { rule as paystackSecretKey } from './payment/paystack-secret-key.ts';
import { rule as plaidAccessToken } from './payment/plaid-access-token.ts';
import { rule as plaidSecret } from './payment/plaid-secret.ts';
import { rule as razorpayKeySecret } from './payment/razorpay-key-secret.ts';
import { rule as recurlyApiKey } from './payment/recurly-api-key.ts';
import { rule as shippoApiToken } from './payment/shippo-api-token.ts';
import { rule as shopifyAccessToken } from './payment/shopify-access-token.ts';
import { rule as shopifyCustomAppToken } from './payment/shopify-custom-app-token.ts';
import { rule as shopifyPrivateAppToken } from './payment/shopify-private-app-token.ts';
import { rule as shopifySharedSecret } from './payment/shopify-shared-secret.ts';
import { rule as shopifyThemeToken } from './payment/shopify-theme-token.ts';
import { rule as squareAccessToken } from './payment/square-access-token.ts';
import { rule as squareApiToken } from './payment/square-api-token.ts';
import { rule as squareOauthSecret } from './payment/square-oauth-secret.ts';
import { rule as stripeRestrictedKey } from './payment/stripe-restricted-key.ts';
import { rule as stripeSecretKey } from './payment/stripe-secret-key.ts';
import { rule as stripeTestKey } from './payment/stripe-test-key.ts';
import { rule as stripeWebhookSecret } from './payment/stripe-webhook-secret.ts';
import { rule as tossPaymentsKey } from './payment/toss-payments-key.ts';
import { rule as xenditSecretKey } from './payment/xendit-secret-key.ts';

/** In order of id. */
export const PAYMENT: readonly SecretRule[] = [
  adyenApiKey,
  alchemyAuthToken,
  binanceSecretKey,
  braintreeAccessToken,
  chargebeeApiKey,
  chartmogulApiKey,
  coinbaseApiSecret,
  duffelAccessToken,
  dwollaClientSecret,
  easypostApiKey,
  etherscanApiKey,
  finicityAppKey,
  flutterwaveSecretKey,
  freshbooksAccessToken,
  gocardlessAccessToken,
  infuraProjectSecret,
  klarnaApiKey,
  krakenPrivateKey,
  lobApiKey,
  mercadoPagoToken,
  midtransServerKey,
  mollieApiKey,
  paddleApiKey,
  paypalClientSecret,
  paystackSecretKey,
  plaidAccessToken,
  plaidSecret,
  razorpayKeySecret,
  recurlyApiKey,
  shippoApiToken,
  shopifyAccessToken,
  shopifyCustomAppToken,
  shopifyPrivateAppToken,
  shopifySharedSecret,
  shopifyThemeToken,
  squareAccessToken,
  squareApiToken,
  squareOauthSecret,
  stripeRestrictedKey,
  stripeSecretKey,
  stripeTestKey,
  stripeWebhookSecret,
  tossPaymentsKey,
  xenditSecretKey,
];
