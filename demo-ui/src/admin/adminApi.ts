import { answer, api } from '@/api/client'
import type {
  AuditPage,
  AuditVerdict,
  Credential,
  CredentialPage,
  NewCredential,
  NewUser,
  Role,
  Token,
  User,
} from '@/api/types'

export interface AuditQuery {
  actor?: string
  action?: string
  device?: string
  limit?: number
  cursor?: string
}
export interface UserChange {
  displayName?: string
  roles?: Role[]
  password?: string
  disabled?: boolean
}

export const adminApi = {
  users: async (signal?: AbortSignal): Promise<User[]> =>
    (await answer(api.GET('/api/v1/users', { ...(signal && { signal }) }))).items,
  addUser: (user: NewUser): Promise<User> => answer(api.POST('/api/v1/users', { body: user })),
  changeUser: (userId: string, change: UserChange): Promise<User> =>
    answer(api.PATCH('/api/v1/users/{userId}', { params: { path: { userId } }, body: change })),
  removeUser: (userId: string): Promise<unknown> =>
    answer(api.DELETE('/api/v1/users/{userId}', { params: { path: { userId } } })),

  tokens: async (signal?: AbortSignal): Promise<Token[]> =>
    (await answer(api.GET('/api/v1/tokens', { ...(signal && { signal }) }))).items,
  addToken: (token: { name: string; roles: Role[]; expiresAt?: string }): Promise<Token> =>
    answer(api.POST('/api/v1/tokens', { body: token })),
  revokeToken: (tokenId: string): Promise<unknown> =>
    answer(api.DELETE('/api/v1/tokens/{tokenId}', { params: { path: { tokenId } } })),

  credentials: (
    query: { q?: string; limit?: number; cursor?: string },
    signal?: AbortSignal,
  ): Promise<CredentialPage> => answer(api.GET('/api/v1/credentials', { params: { query }, ...(signal && { signal }) })),
  setCredential: (credential: NewCredential): Promise<Credential> =>
    answer(api.POST('/api/v1/credentials', { body: credential })),
  removeCredential: (credentialId: string): Promise<unknown> =>
    answer(api.DELETE('/api/v1/credentials/{credentialId}', { params: { path: { credentialId } } })),

  audit: (query: AuditQuery, signal?: AbortSignal): Promise<AuditPage> =>
    answer(api.GET('/api/v1/audit', { params: { query }, ...(signal && { signal }) })),
  verifyAudit: (): Promise<AuditVerdict> => answer(api.POST('/api/v1/audit/verify')),
}
