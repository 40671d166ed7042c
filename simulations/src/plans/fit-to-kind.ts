/** A structure of a plan whose kind was changed: what the new kind does not know is left out, so that one setting can compare kinds. */
import { type JsonSchema, planJsonSchema } from '@consilium/shared/study';
import { type Document, isMap, isScalar, type YAMLMap } from 'yaml';

/**
 * Removes from the structure at `path` every key that its `kind` does not know, and the same in the structures inside it.
 *
 * @param document - The plan; changed in place.
 * @param path - Where the structure with the `kind` is.
 */
export function fitToKind(document: Document, path: readonly (string | number)[]): void {
  const node = document.getIn(path, true);
  if (!isMap(node)) return;
  const place = path.reduce<JsonSchema | undefined>((schema, step) => inner(schema, step), planJsonSchema());
  prune(node, branchFor(place, node.get('kind')));
}

function prune(node: YAMLMap, schema: JsonSchema | undefined): void {
  const known = schema?.properties;
  if (known === undefined) return; // an unknown kind: the check of the plan says so
  for (const pair of [...node.items]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    if (!(key in known)) node.delete(pair.key);
    else if (isMap(pair.value)) prune(pair.value, branchFor(known[key], pair.value.get('kind')));
  }
}

const inner = (schema: JsonSchema | undefined, step: string | number): JsonSchema | undefined =>
  typeof step === 'number' ? schema?.items : schema?.properties?.[step];

function branchFor(schema: JsonSchema | undefined, kind: unknown): JsonSchema | undefined {
  const branches = schema?.oneOf ?? schema?.anyOf;
  if (branches === undefined) return schema;
  return branches.find((branch) => branch.properties?.kind?.const === kind);
}
