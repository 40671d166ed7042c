/** Public names of `sockets`: live connections of hospitals and consoles. */

export { serveSockets } from './serve-sockets.ts';
export { base64 } from './site-payloads.ts';
export { createTraffic, oneMessage, type SiteTraffic, type Traffic } from './traffic.ts';
