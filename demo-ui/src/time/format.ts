const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const locale = 'en-GB'

/** The instant of an API time (ISO 8601 with Z), or nothing for an absent or unreadable one. */
export function instantOf(iso: string | null | undefined): number | undefined {
  if (!iso) return undefined
  const instant = Date.parse(iso)
  return Number.isNaN(instant) ? undefined : instant
}

/**
 * Relative up to a day ("just now", "3 min ago", "in 2 h"), then the date and time in the viewer's zone.
 * Past and future read the same way.
 */
export function relative(instant: number, now: number, zone?: string): string {
  const distance = now - instant
  const size = Math.abs(distance)
  if (size >= DAY) return dateAndTime(instant, now, zone)
  if (size < 5 * SECOND) return distance >= 0 ? 'just now' : 'in a moment'
  const [amount, unit] =
    size < MINUTE
      ? [Math.floor(size / SECOND), 's']
      : size < HOUR
        ? [Math.floor(size / MINUTE), 'min']
        : [Math.floor(size / HOUR), 'h']
  return distance >= 0 ? `${amount} ${unit} ago` : `in ${amount} ${unit}`
}

/** Date and time to the minute, the year only when it is another one than now. */
export function dateAndTime(instant: number, now: number, zone?: string): string {
  const year = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: zone })
  const sameYear = year.format(instant) === year.format(now)
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(instant)
}

/** Clock time of the day, for "next wake-up about 14:20"; with the date when it isn't today. */
export function clock(instant: number, now: number, zone?: string): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: zone })
  if (day.format(instant) !== day.format(now)) return dateAndTime(instant, now, zone)
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(instant)
}

/** The whole truth: date, time to the second, and the zone. */
export function absolute(instant: number, zone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(instant)
}

/** A length of time in its two largest units: "1 d 4 h", "3 min 20 s", "0.4 s". */
export function duration(milliseconds: number): string {
  const size = Math.abs(milliseconds)
  if (size < SECOND) return size < 50 ? `${Math.round(size)} ms` : `${(size / SECOND).toFixed(1)} s`
  const parts: [number, string][] = [
    [Math.floor(size / DAY), 'd'],
    [Math.floor((size % DAY) / HOUR), 'h'],
    [Math.floor((size % HOUR) / MINUTE), 'min'],
    [Math.floor((size % MINUTE) / SECOND), 's'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** How far the device's clock is off, told only above two minutes. */
export function clockSkew(deviceTime: number, readAt: number): string | undefined {
  const skew = deviceTime - readAt
  if (Math.abs(skew) <= 2 * MINUTE) return undefined
  return `the device's clock is ${duration(skew)} ${skew > 0 ? 'ahead' : 'behind'}`
}
