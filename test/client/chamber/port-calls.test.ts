import { connectPort, RemoteError } from '@consilium/client/chamber';
import { afterEach, describe, expect, it } from 'vitest';

type Far = {
  double(value: number): number;
  length(bytes: Uint8Array): Promise<number>;
  fail(code: string): never;
};

const open: { close(): void }[] = [];
afterEach(() => {
  for (const side of open.splice(0)) side.close();
});

function connect() {
  const { port1, port2 } = new MessageChannel();
  const far = connectPort(port2 as unknown as globalThis.MessagePort, {
    double: (value: number) => value * 2,
    length: async (bytes: Uint8Array) => bytes.length,
    fail(code: string): never {
      throw Object.assign(new RangeError('it failed'), { code });
    },
  });
  const near = connectPort<Far>(port1 as unknown as globalThis.MessagePort, {});
  open.push(near, far);
  return near;
}

describe('calls over a port', () => {
  it('bring each answer to its own question, whatever the order', async () => {
    const { remote } = connect();
    const answers = await Promise.all([remote.length(new Uint8Array(7)), remote.double(2), remote.double(3)]);
    expect(answers).toEqual([7, 4, 6]);
  });

  it('bring an error with its name, code and sentence', async () => {
    const error = await connect()
      .remote.fail('not-sealed')
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ name: 'RangeError', code: 'not-sealed', message: 'it failed' });
  });

  it('refuse what is not offered, also what every object has', async () => {
    const { remote } = connect() as unknown as { remote: { [name: string]: (input: unknown) => Promise<unknown> } };
    for (const name of ['nothing', 'constructor', 'toString', '__proto__']) {
      await expect(remote[name]?.(0)).rejects.toThrow(`no function "${name}" is offered`);
    }
  });

  it('end with a code when the port is closed', async () => {
    const near = connect();
    const waiting = near.remote.double(1);
    near.close();
    await expect(waiting).rejects.toMatchObject({ code: 'port-closed' });
  });
});
