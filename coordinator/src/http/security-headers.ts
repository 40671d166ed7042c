/**
 * What a page of the coordinator may do, told to the browser: own scripts, styles, images and fonts, the chamber's pinned
 * boot script, WebAssembly, workers from blobs and the sealed fallback worker, connections to this origin only, and no frame
 * but the sealed chamber.
 */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Where the chamber's code is, as a worker of this origin: the fallback where the sealed frame cannot start. */
export const FALLBACK_WORKER = '/chamber.js';

const YEAR_SECONDS = 31_536_000;

/**
 * @param inline - CSP sources of the inline scripts that may run, `sha256-…`: the chamber's boot script and the import maps.
 * @param origin - The address people reach the coordinator at; what needs https is said only where it is.
 */
export function securityHeaders(inline: readonly string[], origin: () => string): RequestHandler {
  const isHttps = (): boolean => origin().startsWith('https:');
  const overHttp = headers(inline, false);
  const overHttps = headers(inline, true);
  return (request, response, next) => (isHttps() ? overHttps : overHttp)(request, response, next);
}

function headers(inline: readonly string[], isHttps: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...inline.map((source) => `'${source}'`), "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        // Not every browser counts ws: of the same host as 'self'.
        connectSrc: ["'self'", (request) => `${isHttps ? 'wss' : 'ws'}://${hostOf(request.headers.host)}`],
        workerSrc: ['blob:', (request) => `${hostOf(request.headers.host)}${FALLBACK_WORKER}`],
        frameSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
  });
}

/** Features no page of ours uses; and scripts only with the hash that the page names. */
export const moreHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('Integrity-Policy', 'blocked-destinations=(script)');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()');
  next();
};

/** The fallback worker, where the sealed frame cannot start, is served sealed: it cannot fetch, connect or import. */
export const sealedWorker: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'wasm-unsafe-eval'");
  next();
};

/** The Host header, if it is one: it becomes part of a header. */
function hostOf(header: string | undefined): string {
  return header !== undefined && /^[\w.[\]:-]{1,255}$/.test(header) ? header : 'localhost';
}
