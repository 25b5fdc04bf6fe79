import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { devicesApi } from '@/devices/devicesApi'

/** Up to eight devices matching what is typed. A keystroke cancels the query that is still running. */
export function useDeviceSuggestions(text: Ref<string>) {
  const settled = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, (next) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = next.trim()), 120)
  })
  onScopeDispose(() => clearTimeout(timer))
  const query = useQuery({
    queryKey: computed(() => ['devices', 'suggestions', settled.value]),
    queryFn: ({ signal }) => devicesApi.list({ q: settled.value, limit: 8, sort: 'name' }, signal),
    enabled: computed(() => settled.value.length > 0),
    placeholderData: keepPreviousData,
    staleTime: 5000,
  })
  return {
    settled,
    items: computed(() => (settled.value ? (query.data.value?.items ?? []) : [])),
    total: computed(() => (settled.value ? (query.data.value?.total ?? 0) : 0)),
    isPending: computed(() => settled.value !== '' && query.isFetching.value),
  }
}
