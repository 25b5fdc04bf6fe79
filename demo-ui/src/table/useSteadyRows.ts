import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { keepSteady } from './steadyRows'

/**
 * Rows as the viewer last asked for them, with live values. A new `question` (filter, sort, page) takes over the
 * list at once; everything else that changes it is offered by `offer`, and taken by `accept()`.
 */
export function useSteadyRows<Row>(
  fetched: Readonly<Ref<readonly Row[] | undefined>>,
  question: Readonly<Ref<string>>,
  isOld: Readonly<Ref<boolean>>,
  keyOf: (row: Row) => string,
) {
  const base = shallowRef<readonly Row[]>([])
  const answered = ref<string>()
  watch(
    [fetched, question, isOld],
    () => {
      if (fetched.value === undefined || isOld.value) return
      if (answered.value !== question.value) {
        answered.value = question.value
        base.value = fetched.value
      }
    },
    { immediate: true },
  )
  const steady = computed(() => keepSteady(base.value, fetched.value ?? base.value, keyOf))
  const offer = computed(() => {
    if (isOld.value) return ''
    const { arrived, gone, reordered } = steady.value
    const parts = [arrived > 0 ? `${arrived} new` : '', gone.size > 0 ? `${gone.size} gone` : ''].filter(Boolean)
    return parts.join(', ') || (reordered ? 'order changed' : '')
  })
  return {
    rows: computed(() => steady.value.rows),
    gone: computed(() => steady.value.gone),
    offer,
    accept: () => (base.value = fetched.value ?? base.value),
  }
}
