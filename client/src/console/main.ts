/** Starts the console. */
import { ConsoleSession } from '../session/index.ts';
import { ConsoleApp } from './console-app.ts';
import { AccountPage } from './pages/account-page.ts';
import { InvitationList } from './parts/invitation-list.ts';
import { StudyModels } from './parts/study-models.ts';

const session = new ConsoleSession();
ConsoleApp.session = session;
customElements.define('account-page', AccountPage);
customElements.define('invitation-list', InvitationList);
customElements.define('study-models', StudyModels);
customElements.define('console-app', ConsoleApp);
void session.begin();
