import { customRef, type Ref } from 'vue'

/**
 * A value remembered in this browser. What is stored is checked on reading: anything unexpected gives the fallback.
 * A browser that refuses storage still works for the time of the visit.
 */
export function remembered<T>(name: string, fallback: T, accepts: (value: unknown) => value is T): Ref<T> {
  const key = `omtpdm.${name}`
  let current = read(key, fallback, accepts)
  return customRef<T>((track, trigger) => ({
    get() {
      track()
      return current
    },
    set(value) {
      current = value
      try {
        localStorage.setItem(key, JSON.stringify(value))
      } catch {
        // private mode or quota: the choice holds until the page is closed
      }
      trigger()
    },
  }))
}

function read<T>(key: string, fallback: T, accepts: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(key)
    const value: unknown = text === null ? undefined : JSON.parse(text)
    return accepts(value) ? value : fallback
  } catch {
    return fallback
  }
}
