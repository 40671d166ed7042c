/**
 * The only script of the sealed frame. It waits for one message from the page that made the frame, starts the given code
 * as a worker and hands it the port. Its hash stands in the policy of the page and of the frame: changing a character
 * here changes both at the next build.
 */
export const BOOT_SCRIPT = `addEventListener('message', (event) => {
  if (event.source !== parent) return;
  const worker = new Worker(URL.createObjectURL(new Blob([event.data.code], { type: 'text/javascript' })));
  worker.onerror = (error) => parent.postMessage({ type: 'chamber-failed', text: String(error.message) }, '*');
  worker.postMessage(event.data.start, event.ports);
}, { once: true }); parent.postMessage({ type: 'chamber-booted' }, '*');`;

/** The frame's own policy: nothing but the boot script, the blob worker and WebAssembly. */
export function frameDocument(bootHash: string): string {
  const policy = `default-src 'none'; script-src '${bootHash}' 'wasm-unsafe-eval'; worker-src blob:`;
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${BOOT_SCRIPT}</script>`;
}
