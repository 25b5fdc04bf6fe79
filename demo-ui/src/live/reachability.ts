import { computed, readonly, ref } from 'vue'

const unreachableSince = ref<number>()

/**
 * Whether the server answers. Any request tells; pages dim what they show and hold their buttons while it doesn't.
 */
export const reachability = {
  failed(at: number = Date.now()): void {
    unreachableSince.value ??= at
  },
  succeeded(): void {
    unreachableSince.value = undefined
  },
}

export function useReachability() {
  return {
    unreachableSince: readonly(unreachableSince),
    reachable: computed(() => unreachableSince.value === undefined),
  }
}
