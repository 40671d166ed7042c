/** Starts the console. */
import { ConsoleSession } from '../session/index.ts';
import { ConsoleApp } from './console-app.ts';
import { AccountPage } from './pages/account-page.ts';

const session = new ConsoleSession();
ConsoleApp.session = session;
customElements.define('account-page', AccountPage);
customElements.define('console-app', ConsoleApp);
void session.begin();
