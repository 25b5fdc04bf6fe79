import type { CommandKind, DeviceFilter, NewJob, Permission } from '@/api/types'
import { counted } from '@/parts/numbers'

export interface BulkField {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly kind: 'text' | 'switch'
  readonly required?: boolean
  readonly maximum?: number
}

export interface BulkAction {
  readonly kind: CommandKind
  readonly title: string
  readonly needs: Permission
  readonly danger: boolean
  readonly undo: string
  readonly fields: readonly BulkField[]
  /** What never changes whatever is typed. */
  readonly fixed: Readonly<Record<string, unknown>>
  /** "Terminate “miner*” on 41 devices": what the button says. */
  readonly button: (values: Readonly<Record<string, string | boolean>>, devices: number) => string
}

const path: BulkField = {
  name: 'path',
  label: 'Path on the device',
  hint: '<root>:<relative/path>, for example 0:tmp/helper.bin',
  kind: 'text',
  required: true,
  maximum: 300,
}

/** What can be done to many devices at once. */
export const bulkActions: readonly BulkAction[] = [
  {
    kind: 'device.refresh',
    title: 'Refresh facts',
    needs: 'operate',
    danger: false,
    undo: 'Reads only; changes nothing on the devices.',
    fields: [],
    fixed: { what: 'facts' },
    button: (_values, devices) => `Refresh ${counted(devices, 'device')}`,
  },
  {
    kind: 'process.list',
    title: 'List processes',
    needs: 'operate',
    danger: false,
    undo: 'Reads only; changes nothing on the devices.',
    fields: [],
    fixed: {},
    button: (_values, devices) => `List processes of ${counted(devices, 'device')}`,
  },
  {
    kind: 'process.terminate',
    title: 'Terminate processes by name',
    needs: 'operate',
    danger: true,
    undo: 'Cannot be undone. Cancelling withdraws what has not been sent.',
    fields: [
      {
        name: 'name',
        label: 'Process name',
        hint: '* and ? stand for any text; every matching process of the stored list is terminated',
        kind: 'text',
        required: true,
        maximum: 100,
      },
      { name: 'forced', label: 'Force (kill at once)', hint: '', kind: 'switch' },
    ],
    fixed: {},
    button: (values, devices) => `Terminate “${String(values['name'] ?? '')}” on ${counted(devices, 'device')}`,
  },
  {
    kind: 'file.stat',
    title: 'Look at a file',
    needs: 'list-files',
    danger: false,
    undo: 'Reads only; changes nothing on the devices.',
    fields: [path],
    fixed: { hash: true },
    button: (_values, devices) => `Look at the file on ${counted(devices, 'device')}`,
  },
  {
    kind: 'file.delete',
    title: 'Delete a file',
    needs: 'delete-files',
    danger: true,
    undo: 'Cannot be undone. Cancelling withdraws what has not been sent.',
    fields: [
      path,
      {
        name: 'sha256',
        label: 'Only if its SHA-256 is',
        hint: '64 hexadecimal digits; leave empty to delete whatever is there',
        kind: 'text',
        maximum: 64,
      },
    ],
    fixed: {},
    button: (_values, devices) => `Delete the file on ${counted(devices, 'device')}`,
  },
]

export type BulkValues = Readonly<Record<string, string | boolean>>

/** What is wrong with the form, by field; empty when it can be sent. A pure function of what was typed. */
export function bulkProblems(action: BulkAction, values: BulkValues): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const field of action.fields) {
    const value = values[field.name]
    if (field.kind === 'text' && field.required && (typeof value !== 'string' || value.trim() === '')) {
      problems[field.name] = `${field.label} is needed.`
    }
  }
  const given = values['path']
  if (typeof given === 'string' && given !== '' && !/^\d{1,3}:(?!\/)/.test(given)) {
    problems['path'] = 'A path begins with the number of its root and a colon, for example 0:tmp/helper.bin'
  }
  const sha256 = values['sha256']
  if (typeof sha256 === 'string' && sha256 !== '' && !/^[0-9a-fA-F]{64}$/.test(sha256)) {
    problems['sha256'] = 'A SHA-256 has 64 hexadecimal digits.'
  }
  return problems
}

/** The job's arguments as the API wants them. */
export function bulkArguments(action: BulkAction, values: BulkValues): Record<string, unknown> {
  const given: Record<string, unknown> = { ...action.fixed }
  for (const field of action.fields) {
    const value = values[field.name]
    if (field.name === 'forced') given['mode'] = value === true ? 'forced' : 'graceful'
    else if (typeof value === 'string' && value.trim() !== '') given[field.name] = value.trim()
  }
  return given
}

export type Selection = { readonly devices: readonly string[] } | { readonly filter: DeviceFilter }

export function jobOf(action: BulkAction, values: BulkValues, selection: Selection, reason: string): NewJob {
  return {
    kind: action.kind,
    arguments: bulkArguments(action, values),
    selection: 'devices' in selection ? { devices: [...selection.devices] } : { filter: selection.filter },
    ...(reason && { reason }),
  }
}
