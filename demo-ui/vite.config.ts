import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import vuetify from 'vite-plugin-vuetify'

const server = process.env['DM_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), vuetify({ autoImport: true })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: process.env['CONSOLE_OUT'] ?? 'target/classes/console',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/health': server },
  },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.ts'],
    server: { deps: { inline: ['vuetify'] } },
    css: false,
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
  },
})
