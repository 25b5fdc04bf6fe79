// What jsdom lacks and Vuetify asks for.
class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= Observer as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= Observer as unknown as typeof IntersectionObserver
if (typeof window !== 'undefined') {
  globalThis.visualViewport ??= new EventTarget() as VisualViewport
  // a screen 1440 pixels wide
  window.matchMedia ??= ((query: string) => ({
    matches: Number(/min-width:\s*(\d+)/.exec(query)?.[1] ?? Infinity) <= 1440 && 1440 <= Number(/max-width:\s*(\d+)/.exec(query)?.[1] ?? Infinity),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })) as unknown as typeof window.matchMedia
  Element.prototype.scrollIntoView ??= () => undefined
  Element.prototype.scrollTo ??= () => undefined
}
