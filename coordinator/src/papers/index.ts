/** Public names of `papers`: what a hospital's IT needs to serve the client itself. */

export { type BundleHeadersInput, bundleHeaders, nginxConfig } from './bundle-headers.ts';
export { type PapersInput, writePapers } from './write-papers.ts';
