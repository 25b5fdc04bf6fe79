import { onBeforeUnmount, onMounted } from 'vue'

const PAUSE = 900

/** Whether the key was meant for something one types into. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  )
}

/**
 * Keyboard shortcuts: one character ("/"), a sequence ("g d"), or with Ctrl or Cmd ("mod+k").
 * Plain characters are ignored while one types or a dialog is open; "mod+" works anywhere.
 */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>): void {
  let before = ''
  let at = 0
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      run(`mod+${key}`, event)
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.key.length !== 1) return
    if (isTyping(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]')) return
    const sequence = event.timeStamp - at < PAUSE ? `${before} ${key}` : key
    before = key
    at = event.timeStamp
    if (!run(sequence, event)) run(key, event)
  }
  function run(name: string, event: KeyboardEvent): boolean {
    const action = shortcuts[name]
    if (!action) return false
    event.preventDefault()
    before = ''
    action()
    return true
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
