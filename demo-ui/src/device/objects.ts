import type { DeviceDetail, DeviceResources, ResourceView } from '@/api/types'
import { valueText } from './knownValue'

export type ObjectView = DeviceResources['objects'][number] & { readonly described: boolean; readonly announced: readonly number[] }

/** What was announced joined with what is known, by object id; objects nobody described are there too. */
export function objectViews(
  announced: DeviceDetail['objects'],
  known: DeviceResources['objects'],
): ObjectView[] {
  const byId = new Map(known.map((object) => [object.objectId, object]))
  const views: ObjectView[] = announced.map(({ objectId, version, name, instances, known: described }) => {
    const values = byId.get(objectId)
    byId.delete(objectId)
    return {
      objectId,
      version: values?.version ?? version,
      described,
      announced: instances,
      instances: values?.instances ?? [],
      ...(values?.description !== undefined && { description: values.description }),
      ...((values?.name ?? name) !== undefined && { name: values?.name ?? name! }),
    }
  })
  for (const object of byId.values()) views.push({ ...object, described: object.name !== undefined, announced: [] })
  return views.sort((a, b) => a.objectId - b.objectId)
}

/** Whether the words occur in a resource's path, name, description or value. */
export function resourceMatches(resource: ResourceView, words: readonly string[]): boolean {
  const values = [resource.known, ...(resource.instances ?? []).map(({ known }) => known)].map((known) => valueText(known))
  const found = [resource.path, resource.name ?? '', resource.description ?? '', ...values].join(' ').toLowerCase()
  return words.every((word) => found.includes(word))
}

const operationWords: Record<string, string> = { R: 'read', W: 'write', RW: 'read, write', E: 'execute', '': 'not reachable' }

export function operationsText(operations: string | undefined): string {
  return operations === undefined ? '' : (operationWords[operations] ?? operations)
}
