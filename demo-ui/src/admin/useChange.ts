import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'

/** One change at a time, with its problem; marks what it touched as stale, whether it worked or not. */
export function useChange(touches: readonly string[]) {
  const queries = useQueryClient()
  const busy = ref(false)
  const error = ref<unknown>()
  async function run<T>(change: () => Promise<T>): Promise<{ value: T } | undefined> {
    if (busy.value) return undefined
    busy.value = true
    error.value = undefined
    try {
      return { value: await change() }
    } catch (failure) {
      error.value = failure
      return undefined
    } finally {
      busy.value = false
      for (const key of touches) void queries.invalidateQueries({ queryKey: [key] })
    }
  }
  return { busy, error, run, clear: () => (error.value = undefined) }
}
