import type { NewDevice } from '@/api/types'

export interface NewDeviceForm {
  endpoint: string
  name: string
  pskIdentity: string
  pskKey: string
  ownKey: boolean
}

/** What is wrong with the form, by field. */
export function newDeviceProblems(form: NewDeviceForm): Partial<Record<keyof NewDeviceForm, string>> {
  const problems: Partial<Record<keyof NewDeviceForm, string>> = {}
  if (form.endpoint.trim() === '') problems.endpoint = 'The endpoint client name that the device registers with.'
  else if (new TextEncoder().encode(form.endpoint).length > 255) problems.endpoint = 'At most 255 bytes.'
  if (new TextEncoder().encode(form.pskIdentity).length > 128) problems.pskIdentity = 'At most 128 bytes.'
  if (form.ownKey && !/^([0-9a-fA-F]{2}){16,64}$/.test(form.pskKey.replaceAll(/\s/g, ''))) {
    problems.pskKey = 'Hexadecimal, 16 to 64 bytes: 32 to 128 digits, an even number of them.'
  }
  return problems
}

export function newDeviceOf(form: NewDeviceForm): NewDevice {
  return {
    endpoint: form.endpoint.trim(),
    ...(form.name.trim() && { name: form.name.trim() }),
    ...(form.pskIdentity.trim() && { pskIdentity: form.pskIdentity.trim() }),
    ...(form.ownKey && { pskKey: form.pskKey.replaceAll(/\s/g, '') }),
  }
}
