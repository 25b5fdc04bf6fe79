import type { CommandKind } from '@/api/types'

/** What each kind of command is called in filters and lists. */
export const kindWords: Record<CommandKind, string> = {
  'device.refresh': 'Refresh',
  'process.list': 'List processes',
  'process.terminate': 'Terminate process',
  'file.list': 'List files',
  'file.stat': 'Look at a file',
  'file.fetch': 'Fetch content',
  'file.delete': 'Delete a file',
}
