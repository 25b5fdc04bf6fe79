// Pictures of pages while they are being built: node dev/look.mjs BASE OUT PATH…  (both themes, both widths)
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [base, out, ...paths] = process.argv.slice(2)
const themes = (process.env.THEMES ?? 'light,dark').split(',')
const widths = (process.env.WIDTHS ?? '1440,390').split(',').map(Number)
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const theme of themes) {
  for (const width of widths) {
    const context = await browser.newContext({ viewport: { width, height: width > 600 ? 900 : 844 }, colorScheme: theme })
    const page = await context.newPage()
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(`[${message.type()}]`, message.text().slice(0, 300)))
    page.on('pageerror', (error) => console.log('[page]', error.message.slice(0, 600)))
    for (const path of paths) {
      await page.goto(base + path)
      await page.waitForTimeout(Number(process.env.WAIT ?? 1500))
      const name = (path.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'overview') + `-${theme}-${width}.png`
      await page.screenshot({ path: `${out}/${name}` })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) console.log(`${name}: ${wide} px too wide`)
    }
    await context.close()
  }
}
await browser.close()
