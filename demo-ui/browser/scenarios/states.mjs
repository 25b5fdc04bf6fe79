// How the console behaves when something is not as usual.
import { settled } from '../routes.mjs'
import { check, watched } from '../world.mjs'

async function opened({ browser, storageState, demo }, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', storageState, ...options })
  const page = await watched(context)
  await page.goto(demo.base + path)
  await settled(page)
  return { context, page }
}

export const tests = {
  async 'a filter that nothing matches says so and can be cleared'(world) {
    const { context, page } = await opened(world, '/devices?q=there-is-no-such-device')
    await page.getByRole('heading', { name: 'No device matches' }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
    await page.waitForURL((url) => url.pathname === '/devices' && url.search === '')
    await page.getByRole('checkbox', { name: /^Select (?!all)/ }).first().waitFor()
    await context.close()
  },

  async 'Back works and an address reproduces its list'(world) {
    const { context, page } = await opened(world, '/devices')
    await page.getByRole('search', { name: 'Filter devices' }).getByRole('button', { name: 'State' }).click()
    await page.getByRole('group', { name: 'State' }).getByRole('button', { name: /Online/ }).click()
    await page.waitForURL(/state=Online/)
    const address = page.url()
    await page.keyboard.press('Escape')
    await page.goBack()
    await page.waitForURL((url) => url.search === '')
    await page.goto(address)
    await settled(page)
    check((await page.getByRole('button', { name: /State: Online/ }).count()) === 1, 'the filter is not on')
    await context.close()
  },

  async 'an unknown device is told as such'(world) {
    const { context, page } = await opened(world, '/devices/00000000-0000-7000-8000-000000000000')
    await page.getByRole('heading', { name: 'No such device' }).waitFor()
    await context.close()
  },

  async 'a server that cannot be reached leaves the last data, dimmed, with its time, and holds buttons'(world) {
    const { context, page } = await opened(world, '/devices')
    const name = await page.getByRole('checkbox', { name: /^Select (?!all)/ }).first().getAttribute('aria-label')
    await context.route('**/api/**', (route) => route.abort())
    await page.getByRole('button', { name: 'Last heard' }).click()
    await page.getByText(/cannot be reached since \d\d:\d\d/).waitFor()
    check((await page.getByRole('checkbox', { name }).count()) === 1, 'the last data is gone')
    check((await page.getByRole('button', { name: 'Add device' }).getAttribute('aria-disabled')) === 'true', 'a button is not held')
    await context.unroute('**/api/**')
    await page.getByText(/cannot be reached since/).waitFor({ state: 'detached', timeout: 45_000 })
    await context.close()
  },

  async 'a session that ends in mid-form keeps what was typed'(world) {
    const { context, page } = await opened(world, '/admin/users')
    await page.getByRole('button', { name: 'Add user' }).click()
    await page.getByLabel('User name').fill('kept.by.the.form')
    await page.getByLabel('Password', { exact: true }).fill('a long enough password')
    await context.clearCookies()
    await page.getByRole('dialog').getByRole('button', { name: 'Add user' }).click()
    const again = page.getByRole('dialog', { name: 'Your session has ended' })
    await again.waitFor()
    await again.getByLabel('Password', { exact: true }).fill(world.demo.password)
    await again.getByRole('button', { name: 'Sign in', exact: true }).click()
    await again.waitFor({ state: 'hidden' })
    check((await page.getByLabel('User name').inputValue()) === 'kept.by.the.form', 'the form has lost its input')
    await context.close()
  },

  async 'the keyboard alone finds a device and opens its processes'(world) {
    const { context, page } = await opened(world, '/')
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.waitForURL(/\/devices$/)
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Page, device or action' }).waitFor()
    await page.keyboard.type('jobs')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/jobs$/)
    await page.keyboard.press('/')
    const { items } = await world.api('GET', '/api/v1/devices?limit=1&state=Online')
    await page.keyboard.type(items[0].endpoint)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/devices/${items[0].id}`))
    await settled(page)
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === 'Running') break
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/running/)
    await context.close()
  },

  async 'the theme can be chosen and is remembered'(world) {
    const { context, page } = await opened(world, '/', { colorScheme: 'light' })
    await page.getByRole('button', { name: /account menu/ }).click()
    await page.getByRole('button', { name: 'Dark' }).click()
    check((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'not dark')
    await page.reload()
    await settled(page)
    check((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'not remembered')
    await context.close()
  },
}
