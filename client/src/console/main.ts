/** Starts the console. */
import { ConsoleSession } from '../session/index.ts';
import { ConsoleApp } from './console-app.ts';

const session = new ConsoleSession();
ConsoleApp.session = session;
customElements.define('console-app', ConsoleApp);
void session.begin();
