/**
 * What a hospital's own server must send with the client's files: the headers of the coordinator's pages, with connections to the coordinator and
 * nowhere else. A test holds them against what the coordinator sends.
 */

export interface BundleHeadersInput {
  /** CSP sources of the inline scripts that may run, from the build's manifest. */
  readonly inline: readonly string[];
  /** Origin of the hospital's server. */
  readonly origin: string;
  /** Origin of the coordinator. */
  readonly coordinator: string;
}

export function bundleHeaders({ inline, origin, coordinator }: BundleHeadersInput): Readonly<Record<string, string>> {
  const live = coordinator.replace(/^http/, 'ws');
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${inline.map((source) => `'${source}' `).join('')}'wasm-unsafe-eval'`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${coordinator} ${live}`,
    `worker-src blob: ${new URL(origin).host}/chamber.js`,
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Integrity-Policy': 'blocked-destinations=(script)',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(origin.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** The same as a server block of nginx. */
export function nginxConfig(input: BundleHeadersInput, folder: string): string {
  const { hostname } = new URL(input.origin);
  const lines = Object.entries(bundleHeaders(input)).map(([name, value]) => `  add_header ${name} "${value}" always;`);
  return `# The client of Consilium, served by a hospital. Headers change with the build: write this file anew for each one.
server {
  listen 443 ssl;
  server_name ${hostname};
  # ssl_certificate and ssl_certificate_key: yours.
  root ${folder};
  index index.html;
  types { text/html html; text/javascript js; text/css css; application/json json; application/wasm wasm; image/svg+xml svg; }

${lines.join('\n')}
  add_header Cache-Control "no-cache" always;

  # A location with a header of its own inherits none of the others.
  location = /chamber.js {
    add_header Content-Security-Policy "default-src 'none'; script-src 'wasm-unsafe-eval'" always;
    add_header Cross-Origin-Resource-Policy "same-origin" always;
    add_header Cross-Origin-Embedder-Policy "require-corp" always;
    add_header X-Content-Type-Options "nosniff" always;
    add_header Cache-Control "no-cache" always;
  }
}
`;
}
