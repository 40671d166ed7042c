/** Two people sign for a hospital, each in a browser of its own, by keyboard; every wrong turn has a sentence. Nothing of it needs a round. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { seriousFindings } from '../world/audit-page.ts';
import { pressButton } from '../world/keyboard.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import {
  bringRecovery,
  compareList,
  gather,
  hear,
  type LookAt,
  linkOf,
  makeKey,
  type Setting,
  type Story,
  signAtHospital,
  sixWords,
  typeInto,
  unfold,
  wordsOfList,
} from '../world/two-people.ts';

describe('two people who sign for a hospital', () => {
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;
  let setting: Setting;
  let story: Story;
  const seen = new Set<string>();
  const look: LookAt = async (state, page) => {
    if (seen.has(state)) return;
    seen.add(state);
    expect([state, ...(await seriousFindings(page))]).toEqual([state]);
  };
  const ofHospital = async () => (await client.view(story.study)).sites.find(({ id }) => id === story.site);

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    client = await signIn(server);
    setting = { browser, origin: server.origin, client, look };
    story = await gather(setting);
  }, 60_000);
  afterAll(async () => {
    for (const other of story?.others ?? []) other.close();
    await browser?.close();
    await server?.dispose();
  });

  it('are named by words and the recovery file, one by one, and both sign before the hospital has', async () => {
    const { own, kept, study, others } = story;
    const { page } = own;
    await page.getByRole('heading', { name: 'Waiting' }).first().waitFor();
    await unfold(page, 'People who sign');
    await look('hospital-people', page);

    // Another key than the one that was made: nobody is named.
    const ada = await makeKey(setting, await linkOf(page, 'Add a person who signs'), { name: 'Ada Berg', role: 'data-manager' });
    const words = await sixWords(ada.page);
    expect(words).toHaveLength(6);
    await page.getByRole('heading', { name: 'Ada Berg (data manager) has made a key' }).waitFor();
    await look('hospital-comparing', page);
    await hear(page, [...words].reverse());
    await page.locator('[data-code=person-words-differ]').waitFor();
    expect((await ofHospital())?.people).toEqual([]);

    // A new link; the same browser is the same person. The words are those of the same key.
    await ada.page.goto(await linkOf(page, 'Add a person who signs'));
    await ada.page.getByText('This browser holds the key of Ada Berg').waitFor();
    await look('person-known', ada.page);
    await pressButton(ada.page, 'I am Ada Berg: go on');
    await ada.page.getByRole('heading', { name: 'Read these six words' }).waitFor();
    expect(await sixWords(ada.page)).toEqual(words);
    await hear(
      page,
      words.map((word, place) => (place === 1 ? 'zzzz' : word)),
    );
    await page.locator('[data-code=unknown-word]').waitFor();
    await hear(page, words);
    await page.getByRole('heading', { name: 'Name Ada Berg with the recovery file' }).waitFor();
    await look('hospital-recovery', page);
    await bringRecovery(page, kept, 'Let Ada Berg sign for this hospital', 'seven words that are not the right ones');
    await page.locator('[data-code=wrong-passphrase]').waitFor();
    await bringRecovery(page, kept, 'Let Ada Berg sign for this hospital');
    await ada.page.getByRole('heading', { name: 'You sign for this hospital' }).waitFor();
    await look('person-listed', ada.page);
    await look('hospital-one-person', page);
    await expect(client.act(study, 'start')).rejects.toThrow('signers-incomplete');

    // The second person needs a browser of its own.
    const link = await linkOf(page, 'Add the second person');
    await ada.page.goto(link);
    await ada.page.getByText('if you are somebody else, open the link in a browser of your own').waitFor();
    const ben = await makeKey(setting, link, { name: 'Ben Okafor', role: 'data-protection-officer' });
    await hear(page, await sixWords(ben.page));
    await bringRecovery(page, kept, 'Let Ben Okafor sign for this hospital');
    await ben.page.getByRole('heading', { name: 'You sign for this hospital' }).waitFor();
    await look('hospital-two-people', page);
    // Back under the first link, as after closing the browser.
    await ada.page.goto(`${server.origin}/person.html#study=${study}`);
    await ada.page.getByRole('heading', { name: 'You sign for this hospital' }).waitFor();

    await client.act(study, 'start');
    await page.getByRole('heading', { name: 'Compare the list of hospitals' }).waitFor();
    await look('hospital-words-with-people', page);
    await signAtHospital(own, await wordsOfList(others[0]!), look);
    await page.getByText('0 of 2 people have signed.').waitFor();
    await look('hospital-waiting-for-people', page);

    await compareList(ada, own, look);
    await pressButton(ada.page, 'Sign for harbour');
    await ada.page.getByRole('heading', { name: 'You have signed' }).waitFor();
    await look('person-signed', ada.page);
    await page.getByText('1 of 2 people have signed.').waitFor();
    expect(await ofHospital()).toMatchObject({ approved: false, people: [{ hasSigned: true }, { hasSigned: false }] });

    // The second says no first, with a reason that the hospital reads; then reads the plan again.
    await ben.page.getByRole('heading', { name: 'Compare the list of hospitals' }).waitFor();
    await hear(ben.page, (await wordsOfList(others[0]!)).toReversed());
    await ben.page.locator('[data-code=words-differ]').waitFor();
    await compareList(ben, own, look);
    await unfold(ben.page, 'I do not sign');
    await typeInto(ben.page, ben.page.locator('textarea[name=reason]'), 'The purpose is too wide.');
    await pressButton(ben.page, 'Say that I do not sign');
    await ben.page.getByRole('heading', { name: 'You have not signed' }).waitFor();
    await look('person-refused', ben.page);
    await page.getByText('does not sign: The purpose is too wide.').waitFor();
    await pressButton(ben.page, 'Read the plan again');
    await pressButton(ben.page, 'Sign for harbour');
    await ben.page.getByText('Both people have signed for harbour.').waitFor();
    await page.getByText('2 of 2 people have signed.').waitFor();
    expect(await ofHospital()).toMatchObject({ approved: true, people: [{ hasSigned: true }, { hasSigned: true, refusal: null }] });
    expect(await client.view(study)).toMatchObject({ phase: 'signing', round: null });

    for (const { errors, hosts } of [own, ada, ben]) expect([errors, [...hosts]]).toEqual([[], [new URL(server.origin).host]]);
    // No secret half of a key and no word of the recovery file went anywhere.
    for (const request of [own, ada, ben].flatMap(({ requests }) => requests))
      expect(kept.words.some((word) => request.includes(` ${word} `))).toBe(false);
  }, 90_000);

  it('whose storage was cleared is told what to do, and one without a link too', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${server.origin}/person.html#study=${story.study}`);
    await page.locator('[data-code=person-no-link]').waitFor();
    await look('person-ended', page);
    await page.goto(`${server.origin}/person.html#study=${story.study}&code=aaaaaaaaaaaaaaaa&hospital=harbour`);
    await page.getByRole('heading', { name: 'Sign for a hospital' }).waitFor();
    await typeInto(page, page.locator('input[name=person]'), 'Cleo');
    await pressButton(page, 'Make my key');
    await page.locator('[data-code=list-made]').waitFor();
    await context.close();
  });
});
