import { answer, api, intention } from '@/api/client'
import type {
  AddedDevice,
  Command,
  DeviceDetail,
  DeviceFacets,
  DevicePage,
  DeviceQuery,
  DeviceResources,
  NewDevice,
  RefreshKind,
  RefusedPage,
} from '@/api/types'

type FacetQuery = Pick<DeviceQuery, 'q' | 'state'>

export const devicesApi = {
  list: (query: DeviceQuery, signal?: AbortSignal): Promise<DevicePage> =>
    answer(api.GET('/api/v1/devices', { params: { query }, ...(signal && { signal }) })),
  facets: (query: FacetQuery, signal?: AbortSignal): Promise<DeviceFacets> =>
    answer(api.GET('/api/v1/devices/facets', { params: { query }, ...(signal && { signal }) })),
  get: (deviceId: string, signal?: AbortSignal): Promise<DeviceDetail> =>
    answer(api.GET('/api/v1/devices/{deviceId}', { params: { path: { deviceId } }, ...(signal && { signal }) })),
  add: (device: NewDevice): Promise<AddedDevice> => answer(api.POST('/api/v1/devices', { body: device })),
  change: (deviceId: string, change: { name?: string; note?: string }): Promise<DeviceDetail> =>
    answer(api.PATCH('/api/v1/devices/{deviceId}', { params: { path: { deviceId } }, body: change })),
  resources: (deviceId: string, signal?: AbortSignal): Promise<DeviceResources> =>
    answer(
      api.GET('/api/v1/devices/{deviceId}/resources', { params: { path: { deviceId } }, ...(signal && { signal }) }),
    ),
  refresh: (deviceId: string, what: RefreshKind, paths?: string[], key: string = intention()): Promise<Command> =>
    answer(
      api.POST('/api/v1/devices/{deviceId}/refresh', {
        params: { path: { deviceId }, header: { 'Idempotency-Key': key } },
        body: { what, ...(paths && { paths }) },
      }),
    ),
  refused: (query: { limit?: number; cursor?: string }, signal?: AbortSignal): Promise<RefusedPage> =>
    answer(api.GET('/api/v1/refused', { params: { query }, ...(signal && { signal }) })),
  forgetRefused: (refusedId: string): Promise<unknown> =>
    answer(api.DELETE('/api/v1/refused/{refusedId}', { params: { path: { refusedId } } })),
}
