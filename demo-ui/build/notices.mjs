// Writes the licences of everything that the console's bundle is made of, from what is installed.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.env.CONSOLE_OUT ?? 'target/classes/console'
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const parts = ['Third-party software in the console', '']
let unknown = 0

/** What the bundle can contain: the console's dependencies and theirs, as npm resolved them. */
const folders = new Set()
function add(name, from) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    const folder = `${base === '' ? '' : `${base}/`}node_modules/${name}`
    if (lock.packages[folder]) {
      if (folders.has(folder)) return
      folders.add(folder)
      for (const next of Object.keys(lock.packages[folder].dependencies ?? {})) add(next, folder)
      return
    }
    if (base === '') return
  }
}
for (const name of Object.keys(lock.packages[''].dependencies)) add(name, '')

for (const folder of [...folders].sort()) {
  if (!existsSync(folder)) continue
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const licence = typeof facts.license === 'string' ? facts.license : (facts.license?.type ?? '')
  if (licence === '') {
    console.error(`notices: ${facts.name} ${facts.version} names no licence`)
    unknown += 1
  }
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  parts.push('='.repeat(80), `${facts.name} ${facts.version} (${licence})`, '')
  if (file) parts.push(readFileSync(join(folder, file), 'utf8').trim(), '')
}
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'third-party.txt'), parts.join('\n'))
if (unknown > 0) process.exit(1)
