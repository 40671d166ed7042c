/** A page that offers a chamber nothing: it has no study, so there is nothing to sign, keep, send or fetch. */
import type { PageOffers } from './calls.ts';

const refuse = () => Promise.reject(new Error('nothing is asked of the page here'));

export const NO_PAGE: PageOffers = {
  sign: refuse,
  save: refuse,
  send: refuse,
  upload: refuse,
  download: refuse,
  stretch: refuse,
  report: () => undefined,
  reading: () => undefined,
  beginning: () => undefined,
};
