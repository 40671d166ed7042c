/** Starts the check of a machine. */
import { CheckApp } from './check-app.ts';

customElements.define('check-app', CheckApp);
