/**
 * The people who may use the console. An account is made by whoever holds a code: the one the coordinator prints while it has no owner,
 * or the one an owner made for a colleague. Codes work once and are kept as hashes.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../store/index.ts';
import { isSameCode, makeAdminCode, plainCode } from './admin-code.ts';
import { hashPassword, isPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import type { Role } from './roles.ts';

export interface Account {
  readonly id: string;
  /** As typed at sign-in; compared without case. */
  readonly name: string;
  readonly role: Role;
  readonly hasSecondFactor: boolean;
}

export type Refused = { readonly ok: false; readonly code: string; readonly text: string };

export interface Accounts {
  hasOwner(): Promise<boolean>;
  list(): Promise<readonly Account[]>;
  find(id: string): Promise<Account | null>;
  /** Makes an account with a code; the code is used up only when that worked. */
  open(code: string, name: string, password: string): Promise<{ readonly ok: true; readonly account: Account } | Refused>;
  /** A code for a colleague's account, good for seven days and as long as the account that made it. */
  invite(role: Role, by: string): Promise<string>;
  isPasswordOf(id: string, password: string): Promise<boolean>;
  setPassword(id: string, password: string): Promise<{ readonly ok: true } | Refused>;
  /** Takes the account, its sessions and its unused codes away. The last owner stays. */
  remove(id: string): Promise<{ readonly ok: true } | Refused>;
}

export interface AccountParts {
  readonly database: Database;
  /** The printed code that makes an owner, or null when none was printed. */
  readonly ownerCode: string | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** log2 N of new password hashes. */
  readonly passwordCost: number;
}

const CODE_DAYS = 7;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+ -]{0,63}$/u;

const refused = (code: string, text: string): Refused => ({ ok: false, code, text });
const hashOf = (code: string): string => createHash('sha256').update(plainCode(code)).digest('hex');
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

export function openAccounts({ database, ownerCode, now, passwordCost }: AccountParts): Accounts {
  let isOwnerCodeUsed = false;

  async function list(): Promise<Account[]> {
    const rows = await database.selectFrom('accounts').select(['id', 'name', 'role', 'second_factor']).orderBy('name').execute();
    return rows.map(({ second_factor, role, ...row }) => ({ ...row, role: role as Role, hasSecondFactor: second_factor !== null }));
  }

  const find = async (id: string): Promise<Account | null> => (await list()).find((account) => account.id === id) ?? null;

  async function roleOf(code: string): Promise<{ readonly ok: true; readonly role: Role } | Refused> {
    if (ownerCode !== null && isSameCode(code, ownerCode)) {
      if (isOwnerCodeUsed) return refused('code-used', 'This code has been used.');
      return { ok: true, role: 'owner' };
    }
    const found = await database.selectFrom('account_codes').selectAll().where('code_hash', '=', hashOf(code)).executeTakeFirst();
    if (found === undefined) return refused('wrong-code', 'This is not a code of this coordinator.');
    if (found.used_at !== null) return refused('code-used', 'This code has been used.');
    if (Date.parse(found.expires_at) <= now()) return refused('code-expired', 'This code is older than seven days.');
    return { ok: true, role: found.role as Role };
  }

  /** @returns Whether this call was the one that used the code up. */
  async function use(code: string): Promise<boolean> {
    if (ownerCode !== null && isSameCode(code, ownerCode)) {
      const isFirst = !isOwnerCodeUsed;
      isOwnerCodeUsed = true;
      return isFirst;
    }
    const { numUpdatedRows } = await database
      .updateTable('account_codes')
      .set({ used_at: new Date(now()).toISOString() })
      .where('code_hash', '=', hashOf(code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async function giveBack(code: string): Promise<void> {
    if (ownerCode !== null && isSameCode(code, ownerCode)) isOwnerCodeUsed = false;
    else await database.updateTable('account_codes').set({ used_at: null }).where('code_hash', '=', hashOf(code)).execute();
  }

  return {
    list,
    find,
    hasOwner: async () => (await list()).some(({ role }) => role === 'owner'),
    async open(code, typedName, password) {
      const known = await roleOf(code);
      if (!known.ok) return known;
      const name = typedName.trim().normalize('NFC');
      if (!NAME.test(name)) return refused('bad-account-name', 'A name has 1 to 64 letters, digits, spaces or . _ @ + -.');
      const weak = weakness(password, name);
      if (weak !== null) return weak;
      const password_hash = await hashPassword(password, passwordCost);
      if (!(await use(code))) return refused('code-used', 'This code has been used.');
      const id = randomUUID();
      try {
        await database
          .insertInto('accounts')
          .values({ id, name, name_key: nameKey(name), role: known.role, password_hash, second_factor: null, second_factor_step: null })
          .execute();
      } catch (error) {
        await giveBack(code);
        const taken = (await list()).some((account) => nameKey(account.name) === nameKey(name));
        if (taken) return refused('name-taken', 'Somebody has this name already.');
        throw error;
      }
      return { ok: true, account: { id, name, role: known.role, hasSecondFactor: false } };
    },
    async invite(role, by) {
      const code = makeAdminCode();
      const expires_at = new Date(now() + CODE_DAYS * 86_400_000).toISOString();
      await database
        .insertInto('account_codes')
        .values({ code_hash: hashOf(code), role, expires_at, used_at: null, invited_by: by })
        .execute();
      return code;
    },
    async isPasswordOf(id, password) {
      const row = await database.selectFrom('accounts').select('password_hash').where('id', '=', id).executeTakeFirst();
      return isPassword(password, row?.password_hash ?? null, passwordCost);
    },
    async setPassword(id, password) {
      const weak = weakness(password, (await find(id))?.name ?? '');
      if (weak !== null) return weak;
      await database
        .updateTable('accounts')
        .set({ password_hash: await hashPassword(password, passwordCost) })
        .where('id', '=', id)
        .execute();
      return { ok: true };
    },
    async remove(id) {
      const accounts = await list();
      const owners = accounts.filter(({ role }) => role === 'owner');
      if (owners.length === 1 && owners[0]?.id === id) return refused('last-owner', 'The last owner cannot be removed.');
      await database.deleteFrom('account_codes').where('invited_by', '=', id).where('used_at', 'is', null).execute();
      await database.deleteFrom('accounts').where('id', '=', id).execute();
      return { ok: true };
    },
  };
}

/** Length is what counts (NIST SP 800-63B §5.1.1.2); beyond it only the obvious is refused. */
function weakness(password: string, name: string): Refused | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return refused('password-short', `A password has at least ${SHORTEST_PASSWORD} characters.`);
  if (length > LONGEST_PASSWORD) return refused('password-long', `A password has at most ${LONGEST_PASSWORD} characters.`);
  const isObvious = nameKey(password) === nameKey(name) || new Set(password).size < 5;
  return isObvious ? refused('password-obvious', 'This password is easy to guess.') : null;
}
