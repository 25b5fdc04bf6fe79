import { answer, api } from '@/api/client'
import type { Session, SystemFacts } from '@/api/types'

export const sessionApi = {
  current: (): Promise<Session> => answer(api.GET('/api/v1/session')),
  signIn: (username: string, password: string): Promise<Session> =>
    answer(api.POST('/api/v1/session', { body: { username, password } })),
  signOut: (): Promise<unknown> => answer(api.DELETE('/api/v1/session')),
  changePassword: (current: string, password: string): Promise<unknown> =>
    answer(api.PUT('/api/v1/session/password', { body: { current, password } })),
  system: (signal?: AbortSignal): Promise<SystemFacts> =>
    answer(api.GET('/api/v1/system', { ...(signal && { signal }) })),
}
