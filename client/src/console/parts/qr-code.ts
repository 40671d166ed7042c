/** A QR code as one path: no image file, no inline style. */
import { html, svg, type TemplateResult } from 'lit';
import { encode } from 'uqr';

/** @param name - What the picture is, for whoever cannot see it. */
export function qrCode(text: string, name: string): TemplateResult {
  const { data, size } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" width="220" height="220" role="img" aria-label=${name} shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff"></rect><path d=${squares.join('')} fill="#000"></path>`}
  </svg>`;
}
