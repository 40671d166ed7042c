/** Two people who sign for a hospital: every page of theirs, and what the hospital's tab shows meanwhile. */
import type { Browser } from 'playwright';
import { pressButton } from '../world/keyboard.ts';
import { signIn, startServer } from '../world/server.ts';
import {
  bringRecovery,
  compareList,
  gather,
  hear,
  linkOf,
  makeKey,
  signAtHospital,
  sixWords,
  typeInto,
  unfold,
  wordsOfList,
} from '../world/two-people.ts';
import type { Camera } from './camera.ts';

export async function tellPeople(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  const look = (state: string, page: Parameters<Camera['take']>[1]) => camera.take(state, page);
  try {
    const client = await signIn(server);
    const setting = { browser, origin: server.origin, client, look };
    const { own, kept, study, others } = await gather(setting);
    const { page } = own;
    await page.locator('summary', { hasText: 'People who sign' }).waitFor();
    await unfold(page, 'People who sign');
    await look('hospital-people', page);
    const link = await linkOf(page, 'Add a person who signs');
    await look('hospital-inviting', page);
    const ada = await makeKey(setting, link, { name: 'Ada Berg', role: 'data-manager' });
    await page.locator('[data-heard]').first().waitFor();
    await look('hospital-comparing', page);
    await hear(page, await sixWords(ada.page));
    await look('hospital-recovery', page);
    await bringRecovery(page, kept, 'Let Ada Berg sign for this hospital');
    await ada.page.getByRole('heading', { name: 'You sign for this hospital' }).waitFor();
    await look('person-listed', ada.page);
    await look('hospital-one-person', page);
    const second = await linkOf(page, 'Add the second person');
    await ada.page.goto(second);
    await ada.page.getByRole('alert').waitFor();
    await look('person-known', ada.page);
    const ben = await makeKey(setting, second, { name: 'Ben Okafor', role: 'data-protection-officer' });
    await hear(page, await sixWords(ben.page));
    await bringRecovery(page, kept, 'Let Ben Okafor sign for this hospital');
    await ben.page.getByRole('heading', { name: 'You sign for this hospital' }).waitFor();
    await look('hospital-two-people', page);
    await client.act(study, 'start');
    await page.getByRole('heading', { name: 'Compare the list of hospitals' }).waitFor();
    await look('hospital-words-with-people', page);
    await signAtHospital(own, await wordsOfList(others[0]!), look);
    await ada.page.goto(`${server.origin}/person.html#study=${study}`);
    await compareList(ada, own, look);
    await pressButton(ada.page, 'Sign for harbour');
    await ada.page.getByRole('heading', { name: 'You have signed' }).waitFor();
    await look('person-signed', ada.page);
    await compareList(ben, own, look);
    await unfold(ben.page, 'I do not sign');
    await typeInto(ben.page, ben.page.locator('textarea[name=reason]'), 'The purpose is too wide.');
    await pressButton(ben.page, 'Say that I do not sign');
    await ben.page.getByRole('heading', { name: 'You have not signed' }).waitFor();
    await look('person-refused', ben.page);
    await page.getByText('does not sign').waitFor();
    await look('hospital-waiting-for-people', page);
    for (const other of others) other.close();
  } finally {
    await server.dispose();
  }
}
