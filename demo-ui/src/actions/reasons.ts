import { computed } from 'vue'
import { remembered } from '@/parts/remembered'

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= 5 && value.every((item) => typeof item === 'string' && item.length <= 500)

const reasons = remembered<readonly string[]>('reasons', [], isTexts)

/** The newest first, each once, five at most. */
export function withReason(known: readonly string[], reason: string): string[] {
  const text = reason.trim()
  if (text === '') return [...known]
  return [text, ...known.filter((other) => other !== text)].slice(0, 5)
}

export function rememberReason(reason: string): void {
  reasons.value = withReason(reasons.value, reason)
}

export function useReasons() {
  return computed(() => reasons.value)
}
