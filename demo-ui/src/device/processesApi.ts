import { answer, api } from '@/api/client'
import type { Command, ProcessList, TerminateProcess } from '@/api/types'

export const processesApi = {
  list: (deviceId: string, signal?: AbortSignal): Promise<ProcessList> =>
    answer(
      api.GET('/api/v1/devices/{deviceId}/processes', { params: { path: { deviceId } }, ...(signal && { signal }) }),
    ),
  terminate: (deviceId: string, pid: number, body: TerminateProcess, key: string): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/processes/{pid}/terminate', {
        params: { path: { deviceId, pid }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
}
