import type { KnownValue, ValueOrigin } from '@/api/types'

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
