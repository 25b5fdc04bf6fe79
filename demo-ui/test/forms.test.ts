// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { withReason } from '@/actions/reasons'
import { credentialProblems, endOfDay, tokenProblems, userProblems } from '@/admin/forms'
import { askProblems, crumbsOf, modeText, parentOf, arrangedFiles } from '@/device/paths'
import { hexDump, plainText } from '@/device/hexDump'
import { LIVE_EVERY, LIVE_FOR, liveStep } from '@/device/liveListing'
import { arranged, processKey, terminations } from '@/device/processes'
import { delayOf, missingObject } from '@/device/useDevice'
import { bulkActions, bulkProblems, jobOf } from '@/devices/bulk'
import { newDeviceOf, newDeviceProblems } from '@/devices/newDevice'
import { grouped, isGroup, linkOf, snoozes } from '@/overview/attention'
import { quantityText } from '@/device/knownValue'
import { bytes, counted, middle } from '@/parts/numbers'
import { endedOf, sharesOf } from '@/jobs/progress'
import { rolesWith } from '@/session/permissions'
import { isWithin, railFor } from '@/shell/navigation'
import type { AttentionItem, Command, DeviceFile, Process } from '@/api/types'

describe('forms say what is wrong before anything is sent', () => {
  it('a user', () => {
    const good = { username: 'olivia', displayName: '', password: 'long enough', roles: ['operator' as const] }
    expect(userProblems(good, true)).toEqual({})
    expect(userProblems({ ...good, username: 'o l', password: 'short', roles: [] }, true)).toMatchObject({
      username: expect.any(String),
      password: expect.any(String),
      roles: expect.any(String),
    })
    expect(userProblems({ ...good, password: '' }, false)).toEqual({})
  })
  it('a token ends at the end of its last day, and not in the past', () => {
    const now = new Date(2026, 10, 22, 12)
    const form = { name: 'nightly', roles: ['viewer' as const], lastDay: '2026-11-22' }
    expect(tokenProblems(form, now)).toEqual({})
    expect(tokenProblems({ ...form, lastDay: '2026-11-21' }, now).lastDay).toBe('This day is over.')
    expect(endOfDay('2026-02-31')).toBeUndefined()
    expect(endOfDay('2026-11-22')?.getHours()).toBe(23)
  })
  it('a key', () => {
    const form = { endpoint: 'x', pskIdentity: '', pskKey: '00 11', ownKey: true }
    expect(credentialProblems(form).pskKey).toContain('Hexadecimal')
    expect(credentialProblems({ ...form, pskKey: '00 11 '.repeat(8) })).toEqual({})
    expect(credentialProblems({ ...form, ownKey: false })).toEqual({})
  })
  it('a new device, counting bytes and not letters', () => {
    const form = { endpoint: 'é'.repeat(128), name: '', pskIdentity: '', pskKey: '', ownKey: false }
    expect(newDeviceProblems(form).endpoint).toBe('At most 255 bytes.')
    expect(newDeviceOf({ ...form, endpoint: ' a ' })).toEqual({ endpoint: 'a' })
  })
  it('a search for files', () => {
    const form = { name: '', sha256Prefix: 'abc', depth: '17', hidden: false, withHash: false }
    expect(Object.keys(askProblems(form))).toEqual(['sha256Prefix', 'depth'])
  })
  it('a bulk action', () => {
    const remove = bulkActions.find(({ kind }) => kind === 'file.delete')!
    expect(bulkProblems(remove, {})).toHaveProperty('path')
    expect(bulkProblems(remove, { path: '/etc/passwd' })).toHaveProperty('path')
    expect(bulkProblems(remove, { path: '0:tmp/x', sha256: 'zz' })).toHaveProperty('sha256')
    expect(jobOf(remove, { path: ' 0:tmp/x ' }, { devices: ['d1'] }, 'why')).toEqual({
      kind: 'file.delete',
      arguments: { path: '0:tmp/x' },
      selection: { devices: ['d1'] },
      reason: 'why',
    })
    const terminate = bulkActions.find(({ kind }) => kind === 'process.terminate')!
    expect(jobOf(terminate, { name: 'miner*', forced: true }, { filter: { q: 'a' } }, '').arguments).toEqual({
      name: 'miner*',
      mode: 'forced',
    })
    expect(terminate.button({ name: 'miner*' }, 41)).toBe('Terminate “miner*” on 41 devices')
  })
  it('reasons are remembered newest first, each once, five at most', () => {
    const known = ['1', '2', '3', '4', '5']
    expect(withReason(known, ' 3 ')).toEqual(['3', '1', '2', '4', '5'])
    expect(withReason(known, '6')).toEqual(['6', '1', '2', '3', '4'])
    expect(withReason(known, '  ')).toEqual(known)
  })
})

const process = (change: Partial<Process>): Process => ({
  pid: 1, parentPid: 0, user: 0, state: 'sleeping', cpuPermille: 0, memoryBytes: 0, startedAt: '', startTime: 1, name: 'a', protected: false, ...change,
})

describe('processes', () => {
  const list = [process({ pid: 3, name: 'Mail', cpuPermille: 5 }), process({ pid: 10, name: 'sleep', cpuPermille: 5, state: 'running' }), process({ pid: 2, name: 'init', cpuPermille: 90, hash8: 'abcd' })]
  const pids = (rows: Process[]) => rows.map(({ pid }) => pid)
  it('are filtered by every word and sorted, equal ones by pid', () => {
    expect(pids(arranged(list, { q: '', state: '', sort: '-cpu' }))).toEqual([2, 3, 10])
    expect(pids(arranged(list, { q: '', state: '', sort: 'cpu' }))).toEqual([3, 10, 2])
    expect(pids(arranged(list, { q: 'MAIL 3', state: '', sort: 'pid' }))).toEqual([3])
    expect(pids(arranged(list, { q: 'abcd', state: '', sort: 'pid' }))).toEqual([2])
    expect(pids(arranged(list, { q: '', state: 'running', sort: 'pid' }))).toEqual([10])
  })
  it('a reused pid is another process', () => {
    expect(processKey({ pid: 7, startTime: 1 })).not.toBe(processKey({ pid: 7, startTime: 2 }))
    const command = (id: string, requestedAt: string) => ({ id, requestedAt, arguments: { pid: 7, startTime: 1 } }) as unknown as Command
    const newest = terminations([command('old', '2026-01-01'), command('new', '2026-01-02')])
    expect(newest.get('7@1')?.id).toBe('new')
    expect(newest.size).toBe(1)
  })
})

describe('a table that refreshes itself', () => {
  const at = { now: 100_000, since: 90_000, lastAsked: 90_000, visible: true, listing: false }
  it('asks at most every five seconds, only when seen, never twice at once, and stops', () => {
    expect(liveStep(at)).toBe('ask')
    expect(liveStep({ ...at, lastAsked: at.now - LIVE_EVERY + 1 })).toBe('wait')
    expect(liveStep({ ...at, visible: false })).toBe('wait')
    expect(liveStep({ ...at, listing: true })).toBe('wait')
    expect(liveStep({ ...at, since: at.now - LIVE_FOR })).toBe('stop')
  })
})

describe('files', () => {
  it('a path has its crumbs and its parent, and no way above its root', () => {
    expect(crumbsOf('0:logs/old', 'Sandbox')).toEqual([
      { label: 'Sandbox', path: '0:' },
      { label: 'logs', path: '0:logs' },
      { label: 'old', path: '0:logs/old' },
    ])
    expect(parentOf('0:logs/old')).toBe('0:logs')
    expect(parentOf('0:logs')).toBe('0:')
    expect(parentOf('0:')).toBeUndefined()
  })
  it('directories come first, whichever way is sorted', () => {
    const file = (name: string, type: DeviceFile['type'], size = 0): DeviceFile => ({ path: `0:${name}`, name, type, size })
    const list = [file('b', 'file', 5), file('z', 'directory'), file('a', 'file', 9)]
    const names = (sort: '-size' | 'name') => arrangedFiles(list, { q: '', sort }).map(({ name }) => name)
    expect(names('-size')).toEqual(['z', 'a', 'b'])
    expect(names('name')).toEqual(['z', 'a', 'b'])
  })
  it('modes read as people write them', () => {
    expect(modeText(0o100644)).toBe('0644 rw-r--r--')
    expect(modeText(0o4755)).toBe('4755 rwxr-xr-x')
  })
  it('content is text only when it is plain text; otherwise bytes', () => {
    expect(plainText(new TextEncoder().encode('häh\n'))).toBe('häh\n')
    expect(plainText(new Uint8Array([0x1b, 0x5b]))).toBeUndefined()
    expect(plainText(new Uint8Array([0xff, 0xfe]))).toBeUndefined()
    expect(hexDump(new Uint8Array([0x41, 0x00, 0xff]), 16)).toEqual([{ offset: '00000010', hex: '41 00 ff', text: 'A..' }])
  })
})

describe('attention', () => {
  const item = (id: string, rule: AttentionItem['rule'], more: Partial<AttentionItem> = {}): AttentionItem => ({
    id, rule, severity: 'attention', title: id, state: 'open', firstAt: '2026-01-01', lastAt: `2026-01-0${(id.length % 9) + 1}`, count: 1, ...more,
  })
  it('many of one rule become one line, few stay', () => {
    const lines = grouped([item('a', 'device-silent'), item('x', 'command-failed'), item('bb', 'device-silent'), item('ccc', 'device-silent'), item('d', 'device-silent', { severity: 'failed' })])
    expect(lines).toHaveLength(2)
    const [first] = lines
    expect(first && isGroup(first) && first).toMatchObject({ title: '4 devices are silent', severity: 'failed' })
  })
  it('a link leads only within the console', () => {
    expect(linkOf(item('a', 'device-silent', { link: '//evil.example', deviceId: 'd 1' }))).toBe('/devices/d%201')
    expect(linkOf(item('a', 'device-silent', { link: 'javascript:alert(1)' }))).toBeUndefined()
    expect(linkOf(item('a', 'device-silent', { link: '/jobs/j1' }))).toBe('/jobs/j1')
  })
  it('a snooze lasts into the future', () => {
    const now = new Date(2026, 11, 31, 23)
    for (const { until } of snoozes(now)) expect(until.getTime()).toBeGreaterThan(now.getTime())
  })
})

describe('small words', () => {
  it('quantities, in the units that people read', () => {
    const known = (value: unknown) => ({ value, at: '2026-11-22T10:00:00Z', origin: 'read' as const })
    expect(quantityText(known(2048), 'B')).toBe('2.00 KiB')
    expect(quantityText(known(21), '/100')).toBe('21 %')
    expect(quantityText(known(3.7), 'V')).toBe('3.7\u00a0V')
    expect(quantityText(known('x'), 'B')).toBe('x\u00a0B')
    expect(quantityText(known(''), 's')).toBe('(empty)')
    expect(quantityText(undefined, 'B')).toBe('–')
  })
  it('numbers', () => {
    expect(counted(1, 'device')).toBe('1 device')
    expect(counted(2143, 'device')).toBe('2,143 devices')
    expect(bytes(812)).toBe('812 B')
    expect(bytes(3_502)).toBe('3.42 KiB')
    expect(middle('0123456789abcdef', 9)).toBe('0123…cdef')
    expect(middle('🙂'.repeat(20), 5)).toBe('🙂🙂…🙂🙂')
  })
  it('a job', () => {
    const job = { total: 10, counts: [{ state: 'Done' as const, count: 6 }, { state: 'Waiting' as const, count: 3 }, { state: 'No answer' as const, count: 1 }] }
    expect(endedOf(job)).toBe(7)
    expect(sharesOf(job).map(({ state, percent }) => `${state} ${percent}`)).toEqual(['Waiting 30', 'Done 60', 'No answer 10'])
  })
  it('who may', () => {
    expect(rolesWith('administer')).toBe('an administrator')
    expect(rolesWith('operate')).toBe('an operator or an administrator')
  })
  it('the rail leaves out what one may not use', () => {
    expect(railFor(['see', 'audit-own']).map(({ title }) => title)).toEqual(['Overview', 'Devices', 'Jobs', 'Admin', 'Help'])
    expect(railFor([]).map(({ title }) => title)).toEqual(['Help'])
    const [overview] = railFor(['see'])
    expect(overview && isWithin(overview, '/devices')).toBe(false)
  })
  it('a sleeping device is told about', () => {
    const now = Date.parse('2026-11-22T14:00:00Z')
    expect(delayOf({ state: 'Asleep', nextWakeUp: '2026-11-22T14:20:00Z' }, now)).toMatch(/next wake-up, about/)
    expect(delayOf({ state: 'Online' }, now)).toBe('')
  })
  it('a tab says which object is missing, once the device has announced any', () => {
    const object = (objectId: number) => ({ objectId, version: '1.0', instances: [0], known: true })
    expect(missingObject({ objects: [] }, 'running')).toBeUndefined()
    expect(missingObject({ objects: [object(3)] }, 'running')).toContain('/42769')
    expect(missingObject({ objects: [object(42769)] }, 'running')).toBeUndefined()
  })
})
