/**
 * What a page of the coordinator may do, told to the browser: own scripts, styles, images and fonts, the chamber's pinned
 * boot script, WebAssembly, workers from blobs and the sealed fallback worker, connections to this origin only, and no frame
 * but the sealed chamber.
 */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Where the chamber's code is, as a worker of this origin: the fallback where the sealed frame cannot start. */
export const FALLBACK_WORKER = '/chamber.js';

/**
 * @param bootHash - CSP source of the chamber's boot script, `sha256-…`, or null when the pages are not built.
 */
export function securityHeaders(bootHash: string | null): RequestHandler {
  const boot = bootHash === null ? [] : [`'${bootHash}'`];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...boot, "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        // Not every browser counts ws: of the same host as 'self'.
        connectSrc: ["'self'", (request) => socketSources(request.headers.host)],
        workerSrc: ['blob:', (request) => `${hostOf(request.headers.host)}${FALLBACK_WORKER}`],
        frameSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // Meaningful behind https only; the proxy that ends TLS sets it for its own name.
    strictTransportSecurity: false,
  });
}

/** Features no page of ours uses. */
export const permissionsPolicy: RequestHandler = (_request, response, next) => {
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()');
  next();
};

/** The fallback worker, where the sealed frame cannot start, is served sealed: it cannot fetch, connect or import. */
export const sealedWorker: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'wasm-unsafe-eval'");
  next();
};

function socketSources(header: string | undefined): string {
  const host = hostOf(header);
  return `ws://${host} wss://${host}`;
}

/** The Host header, if it is one: it becomes part of a header. */
function hostOf(header: string | undefined): string {
  return header !== undefined && /^[\w.[\]:-]{1,255}$/.test(header) ? header : 'localhost';
}
