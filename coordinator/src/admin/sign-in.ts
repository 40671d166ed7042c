/** Signing in with name, password and, where it is set, the second factor; and setting that factor. */
import { type Account, type AccountParts, type Accounts, nameKey, type Refused } from './accounts.ts';
import type { Lockout } from './lockout.ts';
import { isPassword } from './password.ts';
import { makeSecondFactor, secondFactorStep, secondFactorUri } from './second-factor.ts';

export interface SignIn {
  /** `second-factor-needed` when password is right and a code is missing. */
  signIn(
    name: string,
    password: string,
    code: string | null,
    address: string,
  ): Promise<{ readonly ok: true; readonly account: Account } | Refused>;
  /** A new secret for this account, which counts only once a code of it was shown. */
  offerSecondFactor(account: Account): { readonly secret: string; readonly uri: string };
  confirmSecondFactor(account: Account, code: string): Promise<{ readonly ok: true } | Refused>;
  dropSecondFactor(account: Account): Promise<void>;
}

const refused = (code: string, text: string): Refused => ({ ok: false, code, text });
const WRONG = refused('wrong-password', 'Name or password is not right.');

export function openSignIn({ database, now, passwordCost }: AccountParts, accounts: Accounts, lockout: Lockout): SignIn {
  const offered = new Map<string, string>();

  /** Uses up the step of a code; of two at the same moment one wins. */
  async function useStep(id: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('accounts')
      .set({ second_factor_step: step })
      .where('id', '=', id)
      .where((is) => is.or([is('second_factor_step', 'is', null), is('second_factor_step', '<', step)]))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  return {
    async signIn(name, password, code, address) {
      const key = nameKey(name);
      const wait = await lockout.waitSeconds(key, address);
      if (wait > 0) return refused('locked', `Too many wrong attempts. Wait ${Math.ceil(wait / 60)} minutes.`);
      const row = await database.selectFrom('accounts').selectAll().where('name_key', '=', key).executeTakeFirst();
      if (!(await isPassword(password, row?.password_hash ?? null, passwordCost)) || row === undefined) {
        await lockout.failed(key, address);
        return WRONG;
      }
      if (row.second_factor !== null) {
        if (code === null) return refused('second-factor-needed', 'Type the six digits of your authenticator.');
        const step = secondFactorStep(row.second_factor, code, row.second_factor_step, now());
        if (step === null || !(await useStep(row.id, step))) {
          await lockout.failed(key, address);
          return refused('wrong-second-factor', 'These six digits are not right, or were used before.');
        }
      }
      const account = await accounts.find(row.id);
      if (account === null) return WRONG;
      await lockout.succeeded(key, address);
      return { ok: true, account };
    },
    offerSecondFactor(account) {
      const secret = makeSecondFactor();
      offered.set(account.id, secret);
      return { secret, uri: secondFactorUri(secret, account.name) };
    },
    async confirmSecondFactor(account, code) {
      const secret = offered.get(account.id);
      const step = secret === undefined ? null : secondFactorStep(secret, code, null, now());
      if (secret === undefined || step === null) return refused('wrong-second-factor', 'These six digits are not right.');
      offered.delete(account.id);
      await database
        .updateTable('accounts')
        .set({ second_factor: secret, second_factor_step: step })
        .where('id', '=', account.id)
        .execute();
      return { ok: true };
    },
    async dropSecondFactor(account) {
      await database.updateTable('accounts').set({ second_factor: null, second_factor_step: null }).where('id', '=', account.id).execute();
    },
  };
}
