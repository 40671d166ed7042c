/** The look of written pages: that of the hospital's pages, calm and typographic, in the dark and on paper too. */

export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fbfbf9,#14181a);--raised:light-dark(#fff,#1b2124);--ink:light-dark(#1b2326,#e6eaea);--quiet:light-dark(#566166,#9aa6aa);--line:light-dark(#d9dedd,#323b3f);--accent:light-dark(#0a6570,#6cc7cf);--second:light-dark(#a04a00,#f0a35e);--third:light-dark(#5c4a8f,#b9a6ef);--fourth:light-dark(#5a6b00,#c3d36a);
font:100%/1.55 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink)}
body{margin:0 auto;max-width:66rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,3rem) 5rem;overflow-wrap:break-word}
h1,h2{line-height:1.25;font-weight:600;text-wrap:balance;margin:0}
h1{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.1rem);letter-spacing:-.015em}
h2{font-size:1.2rem;margin:3.25rem 0 .75rem;padding-top:1.1rem;border-top:1px solid var(--line)}
h3{font-size:1rem;font-weight:600;margin:1.75rem 0 .5rem}
p{margin:.5rem 0;max-width:46rem}
.lead{font-size:1.08rem;color:var(--quiet);margin-top:.6rem}
.quiet{color:var(--quiet);font-size:.9rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:1rem 2rem;margin:2rem 0 0;padding:0}
.facts div{border-top:2px solid var(--accent);padding-top:.5rem}
.facts dt{color:var(--quiet);font-size:.85rem}
.facts dd{margin:0;font-size:1.15rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:2rem}
figure{margin:1.25rem 0 0;min-width:0}
figcaption{font-weight:600;margin-bottom:.5rem}
.chart{overflow-x:auto}
.chart svg{display:block;max-width:100%;min-width:22rem;height:auto;overflow:visible;color:var(--ink);font:12px ui-sans-serif,system-ui,sans-serif}
.scroll{overflow-x:auto;margin:.75rem 0}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.93rem}
th,td{padding:.4rem .85rem .4rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:baseline;white-space:nowrap}
thead th{color:var(--quiet);font-weight:500;font-size:.85rem}
tbody th{font-weight:500}
.number{text-align:right;padding-right:0;padding-left:1.1rem}
details{margin-top:.5rem}
summary{cursor:pointer;color:var(--accent);font-size:.9rem}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.6rem 0 0;padding:0;list-style:none;font-size:.9rem}
.legend svg{width:.9rem;height:.9rem;vertical-align:-.1rem;margin-right:.4rem;overflow:visible}
.tone-0{color:var(--accent)}.tone-1{color:var(--second)}.tone-2{color:var(--third)}.tone-3{color:var(--fourth)}.tone-4{color:var(--quiet)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
pre{background:var(--raised);border:1px solid var(--line);padding:1rem;overflow-x:auto;font-size:.85rem}
footer{margin-top:4rem;color:var(--quiet);font-size:.85rem;border-top:1px solid var(--line);padding-top:1rem}
@media print{:root{color-scheme:light;font-size:10pt}body{max-width:none;padding:0}h2{break-after:avoid}figure,tr,.facts{break-inside:avoid}details:not([open]) summary{display:none}.scroll,.chart{overflow:visible}.chart svg{min-width:0}th,td{white-space:normal}a{color:inherit}}
`;
