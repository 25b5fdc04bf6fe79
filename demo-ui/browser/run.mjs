// The console's browser tests against a running demo.
//
//   node browser/run.mjs -- java -jar dm.jar demo          starts the demo on free ports, tests, stops it
//   node browser/run.mjs --base URL --user U --password P [--token T] [--folder DATA]     tests what runs already
//   --screenshots DIR   keeps a picture of every route in DIR       --only A,B   runs only these tests (routes, states, …)
//
// Every file in browser/scenarios is a test: it exports `title` and `run(world)`. Exit code 1 when anything fails; no
// browser or no demo is a failure too.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { visitEveryRoute } from './routes.mjs'
import { sceneOf } from './scene.mjs'
import { apiOf, openBrowser, signedIn, startDemo } from './world.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const dashes = process.argv.indexOf('--')
const own = process.argv.slice(2, dashes < 0 ? undefined : dashes)
const command = dashes < 0 ? [] : process.argv.slice(dashes + 1)
const option = (name) => {
  const at = own.indexOf(`--${name}`)
  return at < 0 ? undefined : own[at + 1]
}
const only = option('only')?.split(',')
const wanted = (name) => !only || only.includes(name)

let demo
let browser
let signedInContext
let passed = 0
const failures = []
async function test(title, run) {
  const began = Date.now()
  try {
    await run()
    passed += 1
    console.log(`ok    ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failures.push(title)
    console.log(`FAIL  ${title}\n      ${String(error.stack ?? error).replaceAll('\n', '\n      ')}`)
  } finally {
    for (const context of browser.contexts()) if (context !== signedInContext) await context.close()
  }
}

try {
  browser = await openBrowser()
  demo =
    command.length > 0
      ? await startDemo(command)
      : { base: option('base'), user: option('user'), password: option('password'), token: option('token') ?? '', folder: option('folder') ?? '', said: [] }
  if (!demo.base) throw new Error('Give a demo to start after --, or --base, --user and --password of a running one')
  console.log(`testing ${demo.base} with ${browser.version()}`)
  const api = apiOf(demo)
  const { context, page } = await signedIn(browser, demo)
  signedInContext = context
  const storageState = await context.storageState()
  await page.close()
  const world = { browser, demo, api, context, storageState, pictures: option('screenshots') }

  for (const file of readdirSync(join(here, 'scenarios')).sort()) {
    const name = file.replace(/\.mjs$/, '')
    if (!file.endsWith('.mjs') || !wanted(name)) continue
    const scenario = await import(join(here, 'scenarios', file))
    for (const [title, run] of Object.entries(scenario.tests)) await test(`${name}: ${title}`, () => run(world))
  }
  if (wanted('routes')) {
    await test('routes: every page, both themes, wide and narrow', async () => {
      const things = await sceneOf(world)
      const problems = await visitEveryRoute({ ...world, things, only: option('routes')?.split(',') })
      if (problems.length > 0) throw new Error(`${problems.length} problems\n${problems.join('\n')}`)
    })
  }
} catch (error) {
  failures.push('set-up')
  console.log(`FAIL  set-up\n      ${String(error.stack ?? error).replaceAll('\n', '\n      ')}`)
} finally {
  await browser?.close()
  const code = await demo?.stop?.()
  if (code !== undefined && code !== 0) {
    failures.push('stop')
    console.log(`FAIL  the demo ended with ${code} on SIGTERM`)
  }
}
if (failures.length > 0 && demo?.said?.length > 0) console.log(`the demo's last words:\n${demo.said.slice(-40).join('\n')}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length > 0 ? 1 : 0)
