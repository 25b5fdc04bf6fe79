import type { Command, Process } from '@/api/types'
import { bytes, permille } from '@/parts/numbers'
import type { Column } from '@/table/columns'
import { oneOf, text, type Spec } from '@/table/urlQuery'

const keys = ['name', 'pid', 'parentPid', 'user', 'state', 'cpu', 'memory', 'startedAt'] as const
type Key = (typeof keys)[number]
export type ProcessSort = Key | `-${Key}`
const sorts = keys.flatMap((key) => [key, `-${key}`] as const)
const processStates = ['', 'running', 'sleeping', 'stopped', 'zombie', 'other'] as const

export interface ProcessListValues {
  q: string
  state: Process['state'] | ''
  sort: ProcessSort
}

export const processListSpec: Spec<ProcessListValues> = {
  q: text(),
  state: oneOf<Process['state'] | ''>(processStates, ''),
  sort: oneOf<ProcessSort>(sorts, '-cpu'),
}

export const processKey = ({ pid, startTime }: Pick<Process, 'pid' | 'startTime'>): string => `${pid}@${startTime}`

export const processColumns: readonly Column<Process>[] = [
  { key: 'name', title: 'Name', width: 220, grow: true, sortable: true, fixed: true, text: ({ name }) => name },
  { key: 'pid', title: 'PID', width: 84, end: true, sortable: true, text: ({ pid }) => String(pid) },
  { key: 'parentPid', title: 'Parent', width: 84, end: true, sortable: true, text: ({ parentPid }) => String(parentPid) },
  { key: 'user', title: 'User id', width: 84, end: true, sortable: true, text: ({ user }) => String(user) },
  { key: 'state', title: 'State', width: 96, sortable: true, text: ({ state }) => state },
  { key: 'cpu', title: 'CPU', width: 88, end: true, sortable: true, text: ({ cpuPermille }) => permille(cpuPermille) },
  {
    key: 'memory', title: 'Memory', width: 104, end: true, sortable: true,
    text: ({ memoryBytes }) => bytes(memoryBytes), csv: ({ memoryBytes }) => String(memoryBytes),
  },
  { key: 'startedAt', title: 'Started', width: 128, end: true, sortable: true, text: ({ startedAt }) => startedAt },
  { key: 'package', title: 'Package', width: 150, hidden: true, text: (process) => process.package ?? '' },
  { key: 'hash', title: 'SHA-256 begins', width: 170, hidden: true, text: ({ hash8 }) => hash8 ?? '' },
]

const valueOf: Record<Key, (process: Process) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  pid: ({ pid }) => pid,
  parentPid: ({ parentPid }) => parentPid,
  user: ({ user }) => user,
  state: ({ state }) => state,
  cpu: ({ cpuPermille }) => cpuPermille,
  memory: ({ memoryBytes }) => memoryBytes,
  startedAt: ({ startTime }) => startTime,
}

/** Filtered and sorted in the browser: the list is whole. Equal values keep the order of their process ids. */
export function arranged(processes: readonly Process[], { q, state, sort }: ProcessListValues): Process[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const down = sort.startsWith('-')
  const read = valueOf[(down ? sort.slice(1) : sort) as Key]
  return processes
    .filter((process) => state === '' || process.state === state)
    .filter(({ name, pid, hash8, package: owner }) => {
      const found = `${name} ${pid} ${owner ?? ''} ${hash8 ?? ''}`.toLowerCase()
      return words.every((word) => found.includes(word))
    })
    .sort((a, b) => {
      const [left, right] = [read(a), read(b)]
      const order = left < right ? -1 : left > right ? 1 : 0
      return (down ? -order : order) || a.pid - b.pid
    })
}

/** The newest terminate command for each process, for telling in its row how that stands. */
export function terminations(commands: readonly Command[]): Map<string, Command> {
  const newest = new Map<string, Command>()
  for (const command of commands) {
    const { pid, startTime } = command.arguments ?? {}
    if (typeof pid !== 'number' || typeof startTime !== 'number') continue
    const key = processKey({ pid, startTime })
    const other = newest.get(key)
    if (!other || other.requestedAt < command.requestedAt) newest.set(key, command)
  }
  return newest
}
