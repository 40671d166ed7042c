/**
 * FHIR R4 resources to patients with their records. References are followed whether they are `urn:uuid:…`, `Type/id`, a full address or an
 * identifier. Resources of other types are left aside. Source: HL7 FHIR R4, https://hl7.org/fhir/R4/.
 */

import { type FoundResource, type Resource, readFhirFiles } from './fhir-files.ts';
import { codingOf, codingsOf, dateOf, observedValue, textAt, textOf } from './fhir-values.ts';
import type { ClinicalFile } from './file-text.ts';
import type { ClinicalData, ClinicalRecord, Coding, PatientRecords } from './records-of-patients.ts';
import type { RecordKind } from './source.ts';

const KINDS: Record<string, { readonly kind: RecordKind; readonly dates: readonly string[] }> = {
  Observation: { kind: 'observation', dates: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'] },
  Condition: { kind: 'condition', dates: ['onsetDateTime', 'onsetPeriod', 'recordedDate'] },
  MedicationRequest: { kind: 'medication', dates: ['authoredOn'] },
  MedicationStatement: { kind: 'medication', dates: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'] },
  MedicationAdministration: { kind: 'medication', dates: ['effectiveDateTime', 'effectivePeriod'] },
  Procedure: { kind: 'procedure', dates: ['performedDateTime', 'performedPeriod'] },
  Encounter: { kind: 'encounter', dates: ['period'] },
};
/** What these say did not happen. */
const VOID = new Set(['entered-in-error', 'cancelled', 'not-done', 'refuted']);

/** @throws ReadingError for a file that is not text. */
export function readFhir(files: readonly ClinicalFile[]): ClinicalData {
  const { resources: all, broken } = readFhirFiles(files);
  const { resources, repeated } = withoutRepeats(all);
  const byAddress = addresses(resources);
  const records = new Map<Resource, ClinicalRecord[]>();
  const patients = resources.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Patient');
  for (const patient of patients) records.set(patient, []);
  const others = new Map<string, number>();
  let [orphans, voided] = [0, 0];
  resources.forEach(({ resource }, order) => {
    if (resource.resourceType === 'Patient') return;
    const kind = KINDS[resource.resourceType];
    if (kind === undefined) {
      others.set(resource.resourceType, (others.get(resource.resourceType) ?? 0) + 1);
      return;
    }
    if (isVoid(resource)) {
      voided++;
      return;
    }
    const owner = byAddress(resource.subject ?? resource.patient);
    const list = owner === undefined ? undefined : records.get(owner);
    if (list === undefined) orphans++;
    else list.push(recordOf(resource, kind, order, byAddress));
  });
  const notes: string[] = [];
  if (others.size > 0) notes.push(`Not used: ${[...others].map(([type, count]) => `${count} ${type}`).join(', ')}.`);
  if (voided > 0) notes.push(`${voided} resources are marked as cancelled, refuted or entered in error and were left out.`);
  if (orphans > 0) notes.push(`${orphans} resources refer to a patient who is not in these files and were left out.`);
  if (repeated > 0) notes.push(`${repeated} resources stand more than once; the last of each was used.`);
  return { patients: patients.map((patient) => patientOf(patient, records.get(patient) ?? [])), broken, notes };
}

function withoutRepeats(all: readonly FoundResource[]): { readonly resources: FoundResource[]; readonly repeated: number } {
  const last = new Map<string, FoundResource>();
  all.forEach((found, index) => {
    const id = textOf(found.resource.id);
    last.set(id === '' ? `\0${index}` : `${found.resource.resourceType}/${id}`, found);
  });
  return { resources: [...last.values()], repeated: all.length - last.size };
}

/** Finds the resource that a Reference means. */
function addresses(resources: readonly FoundResource[]): (reference: unknown) => Resource | undefined {
  const byKey = new Map<string, Resource>();
  for (const { resource, fullUrl } of resources) {
    const id = textOf(resource.id);
    if (id !== '') {
      byKey.set(`${resource.resourceType}/${id}`, resource);
      if (!byKey.has(`urn:uuid:${id}`)) byKey.set(`urn:uuid:${id}`, resource);
    }
    if (fullUrl !== '') byKey.set(fullUrl, resource);
    if (resource.resourceType !== 'Patient' || !Array.isArray(resource.identifier)) continue;
    for (const identifier of resource.identifier as unknown[])
      byKey.set(`\0${textAt(identifier, 'system')}|${textAt(identifier, 'value')}`, resource);
  }
  return (reference) => {
    const text = textAt(reference, 'reference').replace(/\/_history\/.*$/, '');
    if (text === '') return byKey.get(`\0${textAt(reference, 'identifier.system')}|${textAt(reference, 'identifier.value')}`);
    return byKey.get(text) ?? byKey.get(text.split('/').slice(-2).join('/'));
  };
}

function isVoid(resource: Resource): boolean {
  return VOID.has(textOf(resource.status)) || VOID.has(textAt(resource, 'verificationStatus.coding.code'));
}

function recordOf(
  resource: Resource,
  { kind, dates }: { readonly kind: RecordKind; readonly dates: readonly string[] },
  order: number,
  byAddress: (reference: unknown) => Resource | undefined,
): ClinicalRecord {
  const { value, unit } = observedValue(resource);
  const parts = Array.isArray(resource.component) ? (resource.component as unknown[]) : [];
  return {
    kind,
    codings: codingsOfResource(resource, byAddress),
    date: dateOf(resource, dates),
    order,
    value,
    unit,
    components: parts.map((part) => ({ codings: codingsOf((part as Resource | null)?.code), ...observedValue(part) })),
    field: (path) => textAt(resource, path),
  };
}

function codingsOfResource(resource: Resource, byAddress: (reference: unknown) => Resource | undefined): Coding[] {
  if (resource.resourceType === 'Encounter') {
    const types = Array.isArray(resource.type) ? (resource.type as unknown[]) : [];
    return [...codingOf(resource.class), ...types.flatMap(codingsOf)];
  }
  if (!resource.resourceType.startsWith('Medication')) return codingsOf(resource.code);
  if (resource.medicationCodeableConcept !== undefined) return codingsOf(resource.medicationCodeableConcept);
  const reference = resource.medicationReference;
  const inner = textAt(reference, 'reference');
  const contained = Array.isArray(resource.contained) ? (resource.contained as (Resource | null)[]) : [];
  const medication = inner.startsWith('#') ? contained.find((part) => part?.id === inner.slice(1)) : byAddress(reference);
  return codingsOf(medication?.code);
}

function patientOf(resource: Resource, records: readonly ClinicalRecord[]): PatientRecords {
  const deathDate = textOf(resource.deceasedDateTime);
  const isDead = deathDate !== '' || resource.deceasedBoolean === true;
  const death: ClinicalRecord = {
    kind: 'death',
    codings: [],
    date: deathDate,
    order: 0,
    value: '1',
    unit: '',
    components: [],
    field: () => '',
  };
  return {
    id: textOf(resource.id),
    records: isDead ? [...records, death] : records,
    field: (path) => (path === 'deceased' ? (isDead ? '1' : '0') : path === 'deceasedDate' ? deathDate : textAt(resource, path)),
  };
}
