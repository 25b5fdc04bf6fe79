import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@/theme/tokens.css'
import '@/theme/base.css'
import { QueryCache, QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { ApiProblem } from '@/api/problem'
import { useAppearance } from '@/theme/useAppearance'
import { vuetifyFor } from '@/theme/vuetify'
import '@/theme/controls.css'
import App from './App.vue'
import { createConsoleRouter } from './router'

const queries = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        error instanceof ApiProblem && error.code === 'UNREACHABLE' ? true : failures < 1 && !(error instanceof ApiProblem),
      retryDelay: (failures) => Math.min(1000 * 2 ** failures, 15_000),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

createApp(App)
  .use(createConsoleRouter())
  .use(vuetifyFor(useAppearance().theme.value))
  .use(VueQueryPlugin, { queryClient: queries })
  .mount('#app')
