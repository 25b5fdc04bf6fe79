import { bytes } from '@/parts/numbers'
import type { Column } from '@/table/columns'
import { oneOf, text, type Spec } from '@/table/urlQuery'
import type { DeviceFile } from '@/api/types'

export interface Crumb {
  readonly label: string
  readonly path: string
}

/** "0:logs/old" into its root and the directories down to it. */
export function crumbsOf(path: string, rootLabel: string): Crumb[] {
  const colon = path.indexOf(':')
  const root = path.slice(0, colon)
  const parts = path.slice(colon + 1).split('/').filter(Boolean)
  return [
    { label: rootLabel, path: `${root}:` },
    ...parts.map((label, index) => ({ label, path: `${root}:${parts.slice(0, index + 1).join('/')}` })),
  ]
}

/** The directory above, or nothing at a root. */
export function parentOf(path: string): string | undefined {
  const colon = path.indexOf(':')
  const rest = path.slice(colon + 1)
  if (rest === '') return undefined
  const slash = rest.lastIndexOf('/')
  return path.slice(0, colon + 1) + (slash < 0 ? '' : rest.slice(0, slash))
}

export function rootOf(path: string): number {
  return Number.parseInt(path, 10)
}

const keys = ['name', 'size', 'modifiedAt', 'type'] as const
type Key = (typeof keys)[number]
export type FileSort = Key | `-${Key}`

export interface FileListValues {
  path: string
  file: string
  q: string
  sort: FileSort
}

export const fileListSpec: Spec<FileListValues> = {
  path: text(),
  file: text(),
  q: text(),
  sort: oneOf<FileSort>(keys.flatMap((key) => [key, `-${key}`] as const), 'name'),
}

export const fileColumns: readonly Column<DeviceFile>[] = [
  { key: 'name', title: 'Name', width: 240, grow: true, sortable: true, fixed: true, text: ({ name }) => name },
  { key: 'type', title: 'Type', width: 92, sortable: true, hidden: true, text: ({ type }) => type },
  {
    key: 'size', title: 'Size', width: 104, end: true, sortable: true,
    text: ({ type, size }) => (type === 'file' ? bytes(size) : ''), csv: ({ size }) => String(size),
  },
  { key: 'modifiedAt', title: 'Changed', width: 132, end: true, sortable: true, text: ({ modifiedAt }) => modifiedAt ?? '' },
  { key: 'hash', title: 'SHA-256 begins', width: 150, hidden: true, text: ({ hash8, stat }) => stat?.sha256?.slice(0, 16) ?? hash8 ?? '' },
]

const valueOf: Record<Key, (file: DeviceFile) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  size: ({ size }) => size,
  modifiedAt: ({ modifiedAt }) => modifiedAt ?? '',
  type: ({ type }) => type,
}

/** Directories first, then as asked; names filtered by the words. */
export function arrangedFiles(files: readonly DeviceFile[], { q, sort }: Pick<FileListValues, 'q' | 'sort'>): DeviceFile[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const down = sort.startsWith('-')
  const read = valueOf[(down ? sort.slice(1) : sort) as Key]
  const rank = ({ type }: DeviceFile) => (type === 'directory' ? 0 : 1)
  return files
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .sort((a, b) => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b)
      const [left, right] = [read(a), read(b)]
      const order = left < right ? -1 : left > right ? 1 : a.path < b.path ? -1 : 1
      return down ? -order : order
    })
}

/** Unix mode bits as people write them: 0644 and rw-r--r--. */
export function modeText(mode: number): string {
  const bits = mode & 0o7777
  const letters = 'rwxrwxrwx'
    .split('')
    .map((letter, index) => ((bits >> (8 - index)) & 1 ? letter : '-'))
    .join('')
  return `${bits.toString(8).padStart(4, '0')} ${letters}`
}

/** What was asked of a listing beyond the directory itself. */
export interface AskForm {
  name: string
  sha256Prefix: string
  depth: string
  hidden: boolean
  withHash: boolean
}

export function askProblems(form: AskForm): Partial<Record<keyof AskForm, string>> {
  const problems: Partial<Record<keyof AskForm, string>> = {}
  if (form.sha256Prefix !== '' && !/^[0-9a-fA-F]{16,64}$/.test(form.sha256Prefix)) {
    problems.sha256Prefix = 'At least the first 16 and at most 64 hexadecimal digits of the SHA-256.'
  }
  if (!/^([1-9]|1[0-6])$/.test(form.depth)) problems.depth = '1 to 16 levels.'
  return problems
}
