import { createVuetify, type ThemeDefinition } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import 'vuetify/styles'

const light: ThemeDefinition = {
  dark: false,
  colors: {
    background: '#f4f5f7',
    surface: '#ffffff',
    primary: '#2b56c6',
    'on-primary': '#ffffff',
    error: '#b3261e',
    'on-error': '#ffffff',
    success: '#157347',
    warning: '#8f5200',
    info: '#0b6e8a',
  },
}

const dark: ThemeDefinition = {
  dark: true,
  colors: {
    background: '#0e1116',
    surface: '#151a21',
    primary: '#7ea3ff',
    'on-primary': '#0b1430',
    error: '#ff8f86',
    'on-error': '#2b0907',
    success: '#56c98c',
    warning: '#f0b454',
    info: '#58c4dd',
  },
}

/** Vuetify with the console's two themes and the icons as SVG paths (no icon font). */
export function vuetifyFor(theme: 'light' | 'dark') {
  return createVuetify({
    theme: { defaultTheme: theme, themes: { light, dark } },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    display: { mobileBreakpoint: 'sm', thresholds: { xs: 0, sm: 700, md: 960, lg: 1280, xl: 1920 } },
    defaults: {
      VTextField: { variant: 'outlined', density: 'compact', color: 'primary', hideDetails: 'auto' },
      VTextarea: { variant: 'outlined', density: 'compact', color: 'primary', hideDetails: 'auto' },
      VList: { density: 'compact' },
      VDialog: { scrollable: true },
    },
  })
}
