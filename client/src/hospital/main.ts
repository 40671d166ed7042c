/** Starts the hospital's page. What the address asks for: `#study=…` an invitation, `#demo=…` a demo hospital, `?backend=…` a backend. */
import type { BackendName } from '../chamber/index.ts';
import { type Address, HospitalSession } from '../session/index.ts';
import { HospitalApp } from './hospital-app.ts';
import { EgressLedger } from './parts/egress-ledger.ts';
import { FileDrop } from './parts/file-drop.ts';
import { HeldModelsPart } from './parts/held-models.ts';
import { MappingTable } from './parts/mapping-table.ts';
import { RecordPanel } from './parts/record-panel.ts';
import { PatientPage } from './patient/patient-page.ts';

const BACKENDS: readonly string[] = ['plain', 'cpu', 'wasm', 'webgl'] satisfies BackendName[];

function readAddress(): Address {
  const asked = new URLSearchParams(location.hash.slice(1));
  const backend = new URLSearchParams(location.search).get('backend');
  return {
    study: asked.get('study'),
    demoSite: asked.get('demo'),
    backend: backend !== null && BACKENDS.includes(backend) ? (backend as BackendName) : null,
  };
}

const session = new HospitalSession(readAddress());
HospitalApp.session = session;
customElements.define('egress-ledger', EgressLedger);
customElements.define('file-drop', FileDrop);
customElements.define('held-models', HeldModelsPart);
customElements.define('mapping-table', MappingTable);
customElements.define('record-panel', RecordPanel);
customElements.define('patient-page', PatientPage);
customElements.define('hospital-app', HospitalApp);

// A page kept for the back button would keep the rows in memory: everything ends with the visit, and coming back begins anew.
addEventListener('pagehide', () => session.dispose());
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
void session.begin();
