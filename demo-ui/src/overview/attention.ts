import type { AttentionItem } from '@/api/types'

export interface AttentionGroup {
  readonly rule: AttentionItem['rule']
  readonly title: string
  readonly severity: AttentionItem['severity']
  readonly lastAt: string
  readonly items: readonly AttentionItem[]
}

const titles: Record<AttentionItem['rule'], (count: number) => string> = {
  'device-silent': (count) => `${count} devices are silent`,
  'device-refused': (count) => `${count} contacts were refused`,
  'command-failed': (count) => `${count} commands failed`,
}
const TOGETHER_FROM = 4

/** Many subjects of one rule collapse into one line; few stay single. The order is that of their first item. */
export function grouped(items: readonly AttentionItem[]): (AttentionItem | AttentionGroup)[] {
  const byRule = new Map<AttentionItem['rule'], AttentionItem[]>()
  for (const item of items) byRule.set(item.rule, [...(byRule.get(item.rule) ?? []), item])
  const told = new Set<AttentionItem['rule']>()
  const lines: (AttentionItem | AttentionGroup)[] = []
  for (const item of items) {
    const same = byRule.get(item.rule) ?? []
    if (same.length < TOGETHER_FROM) lines.push(item)
    else if (!told.has(item.rule)) {
      told.add(item.rule)
      lines.push({
        rule: item.rule,
        title: (titles[item.rule] ?? ((count: number) => `${count} times: ${item.title}`))(same.length),
        severity: same.some(({ severity }) => severity === 'failed') ? 'failed' : 'attention',
        lastAt: same.map(({ lastAt }) => lastAt).sort().at(-1) ?? item.lastAt,
        items: same,
      })
    }
  }
  return lines
}

export function isGroup(line: AttentionItem | AttentionGroup): line is AttentionGroup {
  return 'items' in line
}

/** A console path given by the server is used only when it is one; anything else leads nowhere. */
export function linkOf(item: AttentionItem): string | undefined {
  if (item.link !== undefined && /^\/(?![/\\])/.test(item.link)) return item.link
  return item.deviceId ? `/devices/${encodeURIComponent(item.deviceId)}` : undefined
}

export interface Snooze {
  readonly label: string
  readonly until: Date
}

/** The next hour, tomorrow morning and in a week, in the viewer's zone. */
export function snoozes(now: Date): Snooze[] {
  const hour = new Date(now.getTime() + 3_600_000)
  const tomorrow = new Date(now)
  tomorrow.setDate(tomorrow.getDate() + 1)
  tomorrow.setHours(8, 0, 0, 0)
  const week = new Date(now)
  week.setDate(week.getDate() + 7)
  return [
    { label: 'for an hour', until: hour },
    { label: 'until tomorrow 08:00', until: tomorrow },
    { label: 'for a week', until: week },
  ]
}
