/**
 * Answers for pages that hospitals serve themselves: their origin may read what a hospital's page asks. Never the console's, which stands before
 * this, and never with cookies.
 */
import type { RequestHandler } from 'express';

export function forHospitalPages(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined || !allowed.has(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader('Access-Control-Allow-Headers', 'content-type, x-consilium');
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
