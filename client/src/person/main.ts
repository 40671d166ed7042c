/** Starts the page of a person who signs. Its address, made by the hospital's tab: `#study=…&code=…&hospital=…`. */
import { EgressLedger } from '../hospital/parts/egress-ledger.ts';
import { PersonSession } from '../session/index.ts';
import { PersonApp } from './person-app.ts';

const asked = new URLSearchParams(location.hash.slice(1));
const session = new PersonSession({ study: asked.get('study'), code: asked.get('code'), hospital: asked.get('hospital') });
PersonApp.session = session;
customElements.define('egress-ledger', EgressLedger);
customElements.define('person-app', PersonApp);

// Another link is another visit.
addEventListener('hashchange', () => location.reload());
addEventListener('pagehide', () => session.dispose());
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
void session.begin();
