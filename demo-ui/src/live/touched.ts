import type { LiveEvent } from '@/api/types'

/**
 * The beginnings of the cache keys that an event makes stale. Keys are built by the features' API files:
 * lists begin with the plural, one thing with the singular and its id.
 */
export function keysTouchedBy(event: LiveEvent): (readonly unknown[])[] {
  const keys: (readonly unknown[])[] = [['activity']]
  const device = event.deviceId
  const [feature] = event.type.split('.')
  switch (feature) {
    case 'device':
      keys.push(['devices'], ['overview'])
      if (event.type === 'device.refused') keys.push(['refused'])
      if (device) keys.push(['device', device, 'detail'])
      break
    case 'inventory':
      if (device) keys.push(['device', device, 'detail'], ['device', device, 'resources'])
      keys.push(['devices'])
      break
    case 'processes':
      if (device) keys.push(['device', device, 'processes'])
      break
    case 'files':
      if (device) keys.push(['device', device, 'files'])
      break
    case 'command':
      keys.push(['commands'], ['command'])
      if (device) {
        keys.push(['device', device, 'detail'], ['device', device, 'processes'], ['device', device, 'files'])
      }
      break
    case 'job':
      keys.push(['jobs'], ['job'], ['overview'])
      break
    case 'attention':
      keys.push(['attention'], ['overview'])
      if (device) keys.push(['device', device, 'detail'])
      break
    case 'credential':
      keys.push(['credentials'])
      break
    case 'user':
      keys.push(['users'])
      break
    default:
      break
  }
  return keys
}
