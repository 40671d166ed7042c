/** A database that is away is waited for; every other fault, and a long absence, is one sentence without a password. */
import { patientAsk } from '@consilium/simulations/queue';
import { expect, it } from 'vitest';

const url = 'postgres://me:secret@db.example.org:5432/simulations';
const fault = (code: string, text: string) => Object.assign(new Error(text), { code });

it('asks again until the database is back, and says once that it is away', async () => {
  const told: string[] = [];
  const ask = patientAsk({ url, after: '', onReport: (text) => told.push(text) });
  const answers = [fault('ECONNREFUSED', 'connect ECONNREFUSED'), fault('57P03', 'the database system is starting up'), 'back'];
  const call = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  expect(await ask(call)).toBe('back');
  expect(told).toEqual([
    'The database at postgres://me@db.example.org:5432/simulations does not answer (connect ECONNREFUSED); trying again.',
  ]);
});

it('gives up after a while with what becomes of the work, and at once on a fault that waiting does not mend', async () => {
  const ask = patientAsk({ url, patienceMs: 0, after: 'What is finished is kept.' });
  let asked = 0;
  const away = () => {
    asked += 1;
    return Promise.reject(fault('ECONNRESET', 'read ECONNRESET'));
  };
  await expect(ask(away)).rejects.toThrow(
    /^The database at postgres:\/\/me@db\S+ has not answered for 0 seconds\. What is finished is kept\.$/,
  );
  expect(asked).toBeGreaterThan(0);
  const full = () => Promise.reject(fault('53100', 'could not extend file: No space left on device'));
  await expect(patientAsk({ url, after: 'Start again.' })(full)).rejects.toThrow(
    'The queue at postgres://me@db.example.org:5432/simulations cannot be used: could not extend file: No space left on device. Start again.',
  );
});
