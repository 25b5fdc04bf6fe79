import { readonly, ref } from 'vue'

export type Started =
  | { readonly kind: 'command'; readonly id: string; readonly title: string }
  | { readonly kind: 'job'; readonly id: string; readonly title: string }

const last = ref<Started>()

/** What was started last: shown in a bar with its state, a link, and cancel. Nothing in it is found only there. */
export function useStarted() {
  return {
    last: readonly(last),
    tell: (started: Started) => (last.value = started),
    dismiss: () => (last.value = undefined),
  }
}
