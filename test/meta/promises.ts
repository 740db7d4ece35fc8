/** The promises of the design, by the words that SECURITY.md must keep. */
export const PROMISES = [
  { number: 1, words: 'No registry write happens through the gateway without a quorum' },
  { number: 2, words: 'Publishing credentials exist in clear only inside the publisher process' },
  { number: 3, words: 'History cannot be changed unnoticed' },
  { number: 4, words: 'What appears upstream without an approval raises an alarm' },
  { number: 5, words: 'Every failure is closed' },
  { number: 6, words: 'One person can freeze; it takes a quorum to thaw' },
  { number: 7, words: 'Hostile input' },
  { number: 8, words: 'No single person without root on the publisher host can ship' },
] as const;
