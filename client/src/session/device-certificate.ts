/** The certificate of this browser's device, made once: the same request to join again gets the same answer. */
import type { DeviceCertificate } from '@consilium/shared/identity';
import { fetchPlan } from './api.ts';
import { checkedPlan } from './checked-plan.ts';
import { openDeviceKey } from './device-key.ts';
import type { LocalStore } from './local-store.ts';
import { certifyDevice, forgetRoot, makeRootKey } from './root-key.ts';

/** @param key - Names the device key in the store. */
export async function deviceCertificate(store: LocalStore, study: string, key: string): Promise<DeviceCertificate> {
  const kept = await store.certificate(key);
  if (kept !== null) return kept;
  const { plan, planHash } = await fetchPlan(study);
  const root = makeRootKey();
  const certificate = certifyDevice(root, checkedPlan(plan, planHash).study, await openDeviceKey(store, key));
  forgetRoot(root);
  await store.putCertificate(key, certificate);
  return certificate;
}
