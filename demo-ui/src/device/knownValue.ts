import type { KnownValue, ValueOrigin } from '@/api/types'
import { bytes } from '@/parts/numbers'

/** How the server learnt a value, in a word or two beside its age. */
export const originWords: Record<ValueOrigin, string> = {
  read: 'read',
  notified: 'notified',
  sent: 'sent by the device',
  assumed: 'assumed since our write',
  registration: 'from its registration',
}

/** A reported value as text. Bytes come as hex and stay so; nothing is ever interpreted as markup. */
export function valueText(known: KnownValue | undefined): string {
  const value = known?.value
  if (value === undefined || value === null) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value === '' ? '(empty)' : value
  if (typeof value === 'number') return String(value)
  return JSON.stringify(value)
}

/** A reported value with its units as people read them: bytes in larger units, "/100" (SenML) as per cent. */
export function quantityText(known: KnownValue | undefined, units: string | undefined): string {
  const value = known?.value
  if (typeof value === 'number' && units !== undefined) {
    if (units === 'B') return bytes(value)
    if (units === 'KB' || units === 'KiB') return bytes(value * 1024)
    if (units === '/100') return `${value} %`
  }
  const text = valueText(known)
  return units && value !== undefined && value !== '' ? `${text}\u00a0${units}` : text
}
