// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { absolute, clock, clockSkew, dateAndTime, duration, instantOf, relative } from '@/time/format'

const now = Date.parse('2026-11-22T14:20:30Z')
const before = (seconds: number) => now - seconds * 1000

describe('times', () => {
  it.each([
    [before(1), 'just now'],
    [before(12), '12 s ago'],
    [before(59), '59 s ago'],
    [before(60), '1 min ago'],
    [before(3 * 60 + 59), '3 min ago'],
    [before(3600), '1 h ago'],
    [before(24 * 3600 - 1), '23 h ago'],
    [before(-1), 'in a moment'],
    [before(-90), 'in 1 min'],
  ])('within a day they are relative (%i)', (instant, said) => {
    expect(relative(instant, now, 'UTC')).toBe(said)
  })

  it('from a day on they are a date and a time in the viewer’s zone', () => {
    expect(relative(before(24 * 3600), now, 'UTC')).toBe('21 Nov, 14:20')
    expect(relative(before(24 * 3600), now, 'Asia/Tokyo')).toBe('21 Nov, 23:20')
    expect(dateAndTime(Date.parse('2025-01-02T03:04:05Z'), now, 'UTC')).toBe('2 Jan 2025, 03:04')
  })

  it('a clock time tells the day only when it is another one', () => {
    expect(clock(now, now, 'UTC')).toBe('14:20')
    expect(clock(now + 86_400_000, now, 'UTC')).toBe('23 Nov, 14:20')
  })

  it('the absolute time has its zone', () => {
    expect(absolute(now, 'Europe/Paris')).toMatch(/15:20:30.*(CET|GMT\+1)/)
  })

  it('lengths use their two largest units', () => {
    expect(duration(20)).toBe('20 ms')
    expect(duration(400)).toBe('0.4 s')
    expect(duration(200_000)).toBe('3 min 20 s')
    expect(duration(100_800_000)).toBe('1 d 4 h')
    expect(duration(3_600_000)).toBe('1 h')
  })

  it('clock skew is told above two minutes only', () => {
    expect(clockSkew(now + 120_000, now)).toBeUndefined()
    expect(clockSkew(now + 121_000, now)).toContain('2 min 1 s ahead')
    expect(clockSkew(now - 30 * 86_400_000, now)).toContain('behind')
  })

  it('nonsense is no time', () => {
    expect(instantOf('yesterday')).toBeUndefined()
    expect(instantOf('')).toBeUndefined()
    expect(instantOf(undefined)).toBeUndefined()
  })
})
