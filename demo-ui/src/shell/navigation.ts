import { mdiCogOutline, mdiDevices, mdiHelpCircleOutline, mdiPlaylistCheck, mdiViewDashboardOutline } from '@mdi/js'
import type { Permission } from '@/api/types'

export interface RailEntry {
  readonly title: string
  readonly path: string
  readonly icon: string
  /** Any of these lets the entry show; none means everybody. */
  readonly needs: readonly Permission[]
  readonly keys: string
}

/** What the rail offers: only features that exist. An entry the user may not use is absent. */
const entries: readonly RailEntry[] = [
  { title: 'Overview', path: '/', icon: mdiViewDashboardOutline, needs: ['see'], keys: 'g o' },
  { title: 'Devices', path: '/devices', icon: mdiDevices, needs: ['see'], keys: 'g d' },
  { title: 'Jobs', path: '/jobs', icon: mdiPlaylistCheck, needs: ['see'], keys: 'g j' },
  { title: 'Admin', path: '/admin', icon: mdiCogOutline, needs: ['administer', 'audit', 'audit-own'], keys: 'g a' },
  { title: 'Help', path: '/help', icon: mdiHelpCircleOutline, needs: [], keys: 'g h' },
]

export function railFor(permissions: readonly Permission[]): readonly RailEntry[] {
  return entries.filter(({ needs }) => needs.length === 0 || needs.some((need) => permissions.includes(need)))
}

/** Whether a rail entry stands for the page at this path. */
export function isWithin(entry: RailEntry, path: string): boolean {
  return entry.path === '/' ? path === '/' : path === entry.path || path.startsWith(`${entry.path}/`)
}
