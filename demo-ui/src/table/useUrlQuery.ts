import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readQuery, writeQuery, type Spec } from './urlQuery'

/**
 * The page's filters, sorting and page as they stand in the address. Changing a filter goes back to the first page.
 * `replace` is for values that change with every keystroke, so that Back leaves the page and doesn't un-type.
 */
export function useUrlQuery<Values extends object>(spec: Spec<Values>) {
  const route = useRoute()
  const router = useRouter()
  const values = computed(() => readQuery(spec, route.query))

  function set(change: Partial<Values>, how: 'push' | 'replace' = 'push'): void {
    const staysOnPage = 'cursor' in change
    const first = 'cursor' in spec && !staysOnPage ? { cursor: '', from: 0 } : {}
    const next: Values = { ...values.value, ...first, ...change }
    void router[how]({ query: writeQuery(spec, next), hash: route.hash })
  }
  return { values, set }
}
