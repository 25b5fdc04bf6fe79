import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { DeviceDetail, RefreshKind } from '@/api/types'
import { devicesApi } from '@/devices/devicesApi'
import { bytes, counted } from '@/parts/numbers'
import { clock, instantOf } from '@/time/format'

export function useDevice(deviceId: Readonly<Ref<string>>) {
  return useQuery({
    queryKey: computed(() => ['device', deviceId.value, 'detail']),
    queryFn: ({ signal }) => devicesApi.get(deviceId.value, signal),
  })
}

/** What asking the device costs it, as far as is known: "about 4 messages, 1.2 KiB". */
export function costOf(device: Pick<DeviceDetail, 'refreshCosts'>, what: RefreshKind): string {
  const cost = device.refreshCosts.find((entry) => entry.what === what)
  return cost ? `about ${counted(cost.messages, 'message')}, ${bytes(cost.bytes)}` : ''
}

/** What a listing of a directory costs: pages of about fifty names in a kilobyte, and two messages around them. */
export function listingCost(namesBefore: number | undefined): string {
  const pages = Math.max(1, Math.ceil((namesBefore ?? 1) / 48))
  const size = 400 + (namesBefore ?? 12) * 21 + pages * 60
  const text = `about ${counted(pages + 2, 'message')}, ${bytes(size)}`
  return namesBefore === undefined ? `${text} or more` : text
}

/** When a device that sleeps will do what is asked now; empty when it is reached at once. */
export function delayOf(device: Pick<DeviceDetail, 'state' | 'nextWakeUp'>, now: number): string {
  switch (device.state) {
    case 'Asleep': {
      const wake = instantOf(device.nextWakeUp)
      return wake === undefined ? 'done at its next wake-up' : `done at its next wake-up, about ${clock(wake, now)}`
    }
    case 'Silent':
    case 'Overdue':
      return 'done when it is heard again'
    case 'Never seen':
      return 'done when it first registers'
    default:
      return ''
  }
}

/** The objects that a tab needs; the ids are the default base of the custom objects. */
export const tabObjects = { running: 42769, files: 42770 } as const

/** Why a tab can't be used on this device, or nothing. A device that has never announced anything is not judged. */
export function missingObject(device: Pick<DeviceDetail, 'objects'>, tab: keyof typeof tabObjects): string | undefined {
  const id = tabObjects[tab]
  if (device.objects.length === 0 || device.objects.some(({ objectId }) => objectId === id)) return undefined
  const name = tab === 'running' ? 'Process Management' : 'File Management'
  return `This device has no object ${name} (/${id})`
}
