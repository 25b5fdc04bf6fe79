import { useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { onScopeDispose, readonly, ref } from 'vue'
import type { LiveEvent } from '@/api/types'
import { LiveConnection, type LiveState } from './liveConnection'
import { keysTouchedBy } from './touched'

const state = ref<LiveState>('off')
const listeners = new Set<(event: LiveEvent) => void>()
const HIDDEN_FOR = 60_000
const GATHER = 400

export function useLiveState() {
  return readonly(state)
}

/** Hears every live event while the component lives. */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

/**
 * Keeps one stream open while the page is visible (browsers allow few connections per server) and marks what each
 * event touches as stale. Events that come in a burst are gathered, so that a busy fleet costs few requests.
 */
export function useLiveStream(signedOut: () => void): { start(): void; stop(): void } {
  const queries = useQueryClient()
  const gather = gathering(queries)
  const connection = new LiveConnection({
    event(event) {
      for (const listener of listeners) listener(event)
      gather(event)
    },
    reset: () => void queries.invalidateQueries(),
    state: (next) => (state.value = next),
    signedOut,
  })
  let wanted = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const onVisibility = () => {
    clearTimeout(timer)
    if (!wanted) return
    if (document.hidden) timer = setTimeout(() => connection.stop(), HIDDEN_FOR)
    else connection.start()
  }
  const onOnline = () => connection.hurry()
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('online', onOnline)
  const stop = () => {
    wanted = false
    clearTimeout(timer)
    connection.stop()
  }
  onScopeDispose(() => {
    stop()
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('online', onOnline)
  })
  return {
    start() {
      wanted = true
      connection.start()
    },
    stop,
  }
}

function gathering(queries: QueryClient): (event: LiveEvent) => void {
  const touched = new Map<string, readonly unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event) => {
    for (const key of keysTouchedBy(event)) touched.set(JSON.stringify(key), key)
    timer ??= setTimeout(() => {
      timer = undefined
      const keys = [...touched.values()]
      touched.clear()
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
    }, GATHER)
  }
}
