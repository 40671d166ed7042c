/** Starts the page that uses a model's file. */
import { ModelSession } from '../session/index.ts';
import { ModelPatient } from './model-patient.ts';
import { UseApp } from './use-app.ts';

const session = new ModelSession();
UseApp.session = session;
customElements.define('model-patient', ModelPatient);
customElements.define('use-app', UseApp);

// As on the hospital's page: the rows end with the visit.
addEventListener('pagehide', () => session.dispose());
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
