import { answer, api } from '@/api/client'
import type { AskForFiles, Command, DeleteFile, FileListing } from '@/api/types'

export const filesApi = {
  list: (deviceId: string, path: string | undefined, signal?: AbortSignal): Promise<FileListing> =>
    answer(
      api.GET('/api/v1/devices/{deviceId}/files', {
        params: { path: { deviceId }, query: path === undefined ? {} : { path } },
        ...(signal && { signal }),
      }),
    ),
  ask: (deviceId: string, body: AskForFiles, key: string): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/files/list', {
        params: { path: { deviceId }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  stat: (deviceId: string, path: string, key: string): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/files/stat', {
        params: { path: { deviceId }, header: { 'Idempotency-Key': key } },
        body: { path, hash: true },
      }),
    ),
  fetch: (
    deviceId: string,
    body: { path: string; offset: number; length: number; reason: string },
    key: string,
  ): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/files/fetch', {
        params: { path: { deviceId }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  delete: (deviceId: string, body: DeleteFile, key: string): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/files/delete', {
        params: { path: { deviceId }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
}
