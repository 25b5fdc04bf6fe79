import { answer, api } from '@/api/client'
import type { AttentionItem, AttentionPage, AttentionState, EventPage, Overview } from '@/api/types'

export interface AttentionQuery {
  state?: AttentionState
  device?: string
  limit?: number
  cursor?: string
}
export interface ActivityQuery {
  device?: string
  since?: string
  limit?: number
  cursor?: string
}
export type AttentionAction = 'acknowledge' | 'snooze' | 'resolve' | 'reopen'

export const overviewApi = {
  overview: (since: string | undefined, signal?: AbortSignal): Promise<Overview> =>
    answer(
      api.GET('/api/v1/overview', {
        params: { query: since === undefined ? {} : { since } },
        ...(signal && { signal }),
      }),
    ),
  activity: (query: ActivityQuery, signal?: AbortSignal): Promise<EventPage> =>
    answer(api.GET('/api/v1/activity', { params: { query }, ...(signal && { signal }) })),
  attention: (query: AttentionQuery, signal?: AbortSignal): Promise<AttentionPage> =>
    answer(api.GET('/api/v1/attention', { params: { query }, ...(signal && { signal }) })),
  changeAttention: (
    attentionId: string,
    action: AttentionAction,
    body: { note?: string; until?: string } = {},
  ): Promise<AttentionItem> =>
    answer(
      api.POST('/api/v1/attention/{attentionId}/{action}', { params: { path: { attentionId, action } }, body }),
    ),
}
