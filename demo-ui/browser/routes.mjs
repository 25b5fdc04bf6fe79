// Every route of the router × light and dark × wide and narrow: it shows data, nothing is wider than the screen, axe-core
// finds nothing serious, the page complains about nothing. With a folder, pictures are kept as evidence.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { watched } from './world.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const SERIOUS = ['serious', 'critical']

/** The console's own list of its pages, asked of the running router. */
export async function routesOf(page) {
  return page.evaluate(() => {
    const router = document.querySelector('#app').__vue_app__.config.globalProperties.$router
    return router
      .getRoutes()
      .filter((route) => route.name && !route.redirect)
      .map((route) => ({ name: String(route.name), path: route.path }))
  })
}

/** A route's address with real things in it; a parameter nobody filled is a failure. */
export function addressOf(route, things) {
  return route.path.replaceAll(/:(\w+)(\([^)]*\)\*?)?/g, (_, name) => {
    const value = things.params[name]
    if (value === undefined) throw new Error(`route ${route.name} (${route.path}): nothing stands for ${name}`)
    return encodeURIComponent(value)
  })
}

/** No spinner, no bones of a table any more, fonts there. */
export async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector('h1, h2') && !document.querySelector('.pending, .skeleton') && document.fonts.status === 'loaded',
    undefined,
    { timeout: 20_000 },
  )
}

async function picture(page, file) {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 60 })
  await session.detach()
  writeFileSync(file, Buffer.from(data, 'base64'))
}

async function findings(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  )
  return violations
}

/** What is still found a second later: a colour on its way from one theme to the other is no finding. */
async function lastingFindings(page) {
  const found = await findings(page)
  if (!found.some(({ impact }) => SERIOUS.includes(impact))) return found
  await page.waitForTimeout(1000)
  return findings(page)
}

/**
 * @param world {browser, demo, storageState, things, pictures}; `things.params` fill routes, `things.shows` names by
 *   route a text that proves that data is on screen
 * @returns problems in words; empty when all is well
 */
export async function visitEveryRoute({ browser, demo, storageState, things, pictures, only, log = console.log }) {
  const problems = []
  if (pictures) mkdirSync(pictures, { recursive: true })
  const first = await browser.newContext({ storageState })
  const scout = await watched(first)
  await scout.goto(demo.base)
  await settled(scout)
  const routes = (await routesOf(scout)).filter(({ name }) => !only || only.includes(name))
  await first.close()
  let visits = 0
  const inside = await browser.newContext({ storageState, reducedMotion: 'reduce' })
  const outside = await browser.newContext({ reducedMotion: 'reduce' })
  for (const route of routes) {
    const page = await watched(route.name === 'sign-in' ? outside : inside)
    try {
      await page.goto(demo.base + addressOf(route, things) + (things.queries?.[route.name] ?? ''))
      for (const theme of ['light', 'dark']) {
        for (const [size, viewport] of Object.entries(WIDTHS)) {
          const where = `${route.name} ${theme} ${size}`
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme: theme })
          await page.waitForFunction((name) => document.documentElement.dataset.theme === name, theme)
          await settled(page)
          const shows = things.shows?.[route.name]
          if (shows) await page.getByText(shows, { exact: false }).filter({ visible: true }).first().waitFor({ timeout: 15_000 })
          const tooWide = await page.evaluate(() => {
            const box = document.querySelector('.page') ?? document.documentElement
            return Math.max(box.scrollWidth - box.clientWidth, document.documentElement.scrollWidth - innerWidth)
          })
          if (tooWide > 0) problems.push(`${where}: ${tooWide} px wider than the screen`)
          for (const { id, impact, help, nodes } of await lastingFindings(page)) {
            const text = `${where}: axe ${impact} ${id}: ${help}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(' | ')}`
            if (SERIOUS.includes(impact)) problems.push(text)
            else log(`  note: ${text}`)
          }
          if (pictures) await picture(page, join(pictures, `${route.name}-${theme}-${size}.webp`))
          visits += 1
        }
      }
    } catch (error) {
      problems.push(`${route.name}: ${error.message.split('\n')[0]}`)
    } finally {
      for (const complaint of page.complaints) problems.push(`${route.name}: ${complaint}`)
      await page.close()
    }
  }
  await inside.close()
  await outside.close()
  log(`  ${visits} visits to ${routes.length} routes`)
  if (routes.length < 10 && !only) problems.push(`only ${routes.length} routes were listed`)
  return problems
}
