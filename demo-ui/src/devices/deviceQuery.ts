import type { Device, DeviceFilter, DeviceQuery } from '@/api/types'
import { bytes, count } from '@/parts/numbers'
import type { Column } from '@/table/columns'
import { flag, oneOf, someOf, text, time, whole, type Spec } from '@/table/urlQuery'
import { devicePresence } from '@/words/words'

export type DeviceSort = NonNullable<DeviceQuery['sort']>

const states = Object.keys(devicePresence) as (keyof typeof devicePresence)[]
const sorts = [
  'name', '-name', 'endpoint', '-endpoint', 'state', '-state', 'lastHeard', '-lastHeard', 'firmware', '-firmware',
  'model', '-model', 'registeredAt', '-registeredAt', 'battery', '-battery',
] as const satisfies readonly DeviceSort[]

export interface DeviceListValues {
  q: string
  state: readonly (keyof typeof devicePresence)[]
  firmware: string
  model: string
  manufacturer: string
  attention: boolean
  heardSince: string
  heardBefore: string
  sort: DeviceSort
  cursor: string
  from: number
}

/** The devices page's address. */
export const deviceListSpec: Spec<DeviceListValues> = {
  q: text(),
  state: someOf(states),
  firmware: text(),
  model: text(),
  manufacturer: text(),
  attention: flag,
  heardSince: time,
  heardBefore: time,
  sort: oneOf<DeviceSort>(sorts, 'name'),
  cursor: text(),
  from: whole,
}

/** What the address asks of the API; empty parameters are not sent. */
export function deviceFilterOf(values: DeviceListValues): DeviceFilter {
  return {
    ...(values.q.trim() && { q: values.q.trim() }),
    ...(values.state.length > 0 && { state: [...values.state] }),
    ...(values.firmware && { firmware: values.firmware }),
    ...(values.model && { model: values.model }),
    ...(values.manufacturer && { manufacturer: values.manufacturer }),
    ...(values.attention && { attention: true }),
    ...(values.heardSince && { heardSince: values.heardSince }),
    ...(values.heardBefore && { heardBefore: values.heardBefore }),
  }
}

/** The filter in words, one per condition; for chips and for the sentence of a bulk action. */
export function filterWords(filter: DeviceFilter): { key: keyof DeviceFilter; words: string }[] {
  const words: { key: keyof DeviceFilter; words: string }[] = []
  if (filter.q) words.push({ key: 'q', words: `“${filter.q}”` })
  if (filter.state) words.push({ key: 'state', words: filter.state.join(' or ') })
  if (filter.firmware) words.push({ key: 'firmware', words: `firmware ${filter.firmware}` })
  if (filter.model) words.push({ key: 'model', words: `model ${filter.model}` })
  if (filter.manufacturer) words.push({ key: 'manufacturer', words: `made by ${filter.manufacturer}` })
  if (filter.attention) words.push({ key: 'attention', words: 'needs attention' })
  if (filter.heardSince) words.push({ key: 'heardSince', words: 'heard since' })
  if (filter.heardBefore) words.push({ key: 'heardBefore', words: 'last heard before' })
  return words
}

const optional = (value: string | number | undefined): string => (value === undefined ? '' : String(value))

export const deviceColumns: readonly Column<Device>[] = [
  { key: 'name', title: 'Name', width: 220, grow: true, sortable: true, fixed: true, text: ({ name }) => name },
  { key: 'endpoint', title: 'Endpoint', width: 200, sortable: true, hidden: true, text: ({ endpoint }) => endpoint },
  { key: 'state', title: 'State', width: 148, sortable: true, text: ({ state }) => state },
  { key: 'stateDetail', title: 'Presence', width: 190, text: ({ stateDetail }) => optional(stateDetail) },
  { key: 'lastHeard', title: 'Last heard', width: 116, end: true, sortable: true, text: ({ lastHeard }) => optional(lastHeard) },
  { key: 'firmware', title: 'Firmware', width: 92, sortable: true, text: ({ firmware }) => optional(firmware) },
  { key: 'model', title: 'Model', width: 104, sortable: true, text: ({ model }) => optional(model) },
  { key: 'manufacturer', title: 'Manufacturer', width: 140, hidden: true, text: ({ manufacturer }) => optional(manufacturer) },
  { key: 'serial', title: 'Serial', width: 140, hidden: true, text: ({ serial }) => optional(serial) },
  {
    key: 'battery', title: 'Battery', width: 84, end: true, sortable: true,
    text: ({ battery }) => (battery === undefined ? '' : `${battery} %`),
    csv: ({ battery }) => optional(battery),
  },
  {
    key: 'memoryFree', title: 'Free memory', width: 120, end: true, hidden: true,
    text: ({ memoryFree }) => (memoryFree === undefined ? '' : bytes(memoryFree * 1024)),
    csv: ({ memoryFree }) => optional(memoryFree),
  },
  {
    key: 'processCount', title: 'Processes', width: 100, end: true, hidden: true,
    text: ({ processCount }) => (processCount === undefined ? '' : count(processCount)),
    csv: ({ processCount }) => optional(processCount),
  },
  { key: 'attention', title: 'Attention', width: 92, end: true, text: ({ openAttention }) => (openAttention ? count(openAttention) : '') },
  { key: 'waiting', title: 'Waiting', width: 80, end: true, text: ({ waitingCommands }) => (waitingCommands ? count(waitingCommands) : '') },
  { key: 'registeredAt', title: 'Registered', width: 124, end: true, sortable: true, hidden: true, text: ({ registeredAt }) => optional(registeredAt) },
  { key: 'nextWakeUp', title: 'Next wake-up', width: 124, end: true, hidden: true, text: ({ nextWakeUp }) => optional(nextWakeUp) },
  { key: 'address', title: 'Address', width: 180, hidden: true, text: ({ address }) => optional(address) },
  { key: 'lwm2m', title: 'LwM2M', width: 84, hidden: true, text: ({ lwm2mVersion }) => optional(lwm2mVersion) },
  { key: 'secured', title: 'Secured', width: 90, hidden: true, text: ({ secured }) => (secured ? 'yes' : 'no') },
]
