// Fails the build when the JavaScript of the first page is heavier than the budget, and prints what it is made of.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET = 350 * 1024
const out = process.env.CONSOLE_OUT ?? 'target/classes/console'
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'))

/** Everything that is loaded before the first page shows: the entry, the first page's route, what they import. */
const first = new Set()
function add(key) {
  const chunk = manifest[key]
  if (!chunk || first.has(key)) return
  first.add(key)
  for (const imported of chunk.imports ?? []) add(imported)
}
add('index.html')
add('src/overview/OverviewPage.vue')

let total = 0
const rows = []
for (const key of first) {
  const { file } = manifest[key]
  if (!file.endsWith('.js')) continue
  const size = gzipSync(readFileSync(join(out, file)), { level: 9 }).length
  total += size
  rows.push([size, file])
}
for (const [size, file] of rows.sort((a, b) => b[0] - a[0])) {
  console.log(`${String(Math.round(size / 102.4) / 10).padStart(8)} KB  ${file}`)
}
const told = `${(total / 1024).toFixed(1)} KB of JavaScript for the first page, gzipped; the budget is ${BUDGET / 1024} KB`
if (rows.length === 0) {
  console.error('budget: no entry found in the manifest')
  process.exit(1)
}
if (total > BUDGET) {
  console.error(`budget: too heavy: ${told}`)
  process.exit(1)
}
console.log(told)
rmSync(join(out, '.vite'), { recursive: true }) // served to nobody
