import { answer, api } from '@/api/client'
import type { Command, CommandKind, CommandPage, CommandState } from '@/api/types'

export interface CommandQuery {
  device?: string
  job?: string
  state?: CommandState
  kind?: CommandKind
  limit?: number
  cursor?: string
}

export const commandsApi = {
  list: (query: CommandQuery, signal?: AbortSignal): Promise<CommandPage> =>
    answer(api.GET('/api/v1/commands', { params: { query }, ...(signal && { signal }) })),
  get: (commandId: string, signal?: AbortSignal): Promise<Command> =>
    answer(api.GET('/api/v1/commands/{commandId}', { params: { path: { commandId } }, ...(signal && { signal }) })),
  cancel: (commandId: string): Promise<Command> =>
    answer(api.POST('/api/v1/commands/{commandId}/cancel', { params: { path: { commandId } } })),
  retry: (commandId: string): Promise<Command> =>
    answer(api.POST('/api/v1/commands/{commandId}/retry', { params: { path: { commandId } } })),
  content: (commandId: string): Promise<ArrayBuffer> =>
    answer<ArrayBuffer>(
      api.GET('/api/v1/commands/{commandId}/content', {
        params: { path: { commandId } },
        parseAs: 'arrayBuffer',
      }) as Promise<{ data?: ArrayBuffer; error?: unknown; response: Response }>,
    ),
}
