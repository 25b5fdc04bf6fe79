import { computed, readonly, ref, watchEffect } from 'vue'
import { remembered } from '@/parts/remembered'

export type Appearance = 'light' | 'dark' | 'system'
export type Density = 'comfortable' | 'compact'

const isAppearance = (value: unknown): value is Appearance =>
  value === 'light' || value === 'dark' || value === 'system'
const isDensity = (value: unknown): value is Density => value === 'comfortable' || value === 'compact'

const appearance = remembered<Appearance>('appearance', 'system', isAppearance)
const density = remembered<Density>('density', 'comfortable', isDensity)
const prefersDark = window.matchMedia?.('(prefers-color-scheme: dark)')
const systemIsDark = ref(prefersDark?.matches ?? false)
prefersDark?.addEventListener('change', (event) => (systemIsDark.value = event.matches))

const theme = computed<'light' | 'dark'>(() =>
  appearance.value === 'system' ? (systemIsDark.value ? 'dark' : 'light') : appearance.value,
)

watchEffect(() => {
  document.documentElement.dataset['theme'] = theme.value
  document.documentElement.dataset['density'] = density.value
})

/** Light, dark or as the system says; and how tall table rows are. Remembered in this browser. */
export function useAppearance() {
  return {
    appearance: readonly(appearance),
    theme,
    density: readonly(density),
    choose: (value: Appearance) => (appearance.value = value),
    chooseDensity: (value: Density) => (density.value = value),
  }
}
