// What every browser test stands on: a browser that must be there, the demo that must start, and pages that are watched.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

/** The browser: CHROMIUM, else the system's, else the one from the package registry. None is a failure, never a skip. */
export async function browserPath() {
  const wanted = process.env.CHROMIUM
  if (wanted) {
    if (existsSync(wanted)) return { executablePath: wanted, args: [] }
    throw new Error(`CHROMIUM names ${wanted}, which is not there`)
  }
  for (const path of ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']) {
    if (existsSync(path)) return { executablePath: path, args: [] }
  }
  const { default: packaged } = await import('@sparticuz/chromium')
  // in a single process it ends as soon as one of several contexts is closed
  const args = packaged.args.filter((arg) => !['--single-process', '--no-zygote'].includes(arg) && !arg.startsWith('--headless'))
  return { executablePath: await packaged.executablePath(), args }
}

export async function openBrowser() {
  const { executablePath, args } = await browserPath()
  const common = ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--hide-scrollbars']
  return chromium.launch({ executablePath, args: [...new Set([...args, ...common])] })
}

/**
 * Starts the demo with a command like ['java', '-jar', 'dm.jar', 'demo'] on free ports and a folder of its own, and
 * waits for its ready line. What it says on standard error is kept and shown when something fails.
 */
export async function startDemo(command, { within = 120_000, data } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'dm-browser-'))
  const [program, ...given] = command
  const process_ = spawn(
    program,
    [...given, '--http-port', '0', '--coap-port', '0', '--coaps-port', '0', '--no-browser', '--data', folder],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const said = []
  createInterface({ input: process_.stderr }).on('line', (line) => {
    said.push(line)
    if (said.length > 400) said.shift()
  })
  const facts = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      process_.kill('SIGKILL')
      reject(new Error(`The demo printed no ready line within ${within / 1000} s\n${said.slice(-40).join('\n')}`))
    }, within)
    createInterface({ input: process_.stdout }).on('line', (line) => {
      const match = /^ready (\S+) user=(\S+) password=(\S+) token=(\S+)$/.exec(line)
      if (!match) return
      clearTimeout(timer)
      resolve({ base: match[1], user: match[2], password: match[3], token: match[4] })
    })
    process_.on('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The demo ended with code ${code} before it was ready\n${said.slice(-40).join('\n')}`))
    })
    process_.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`The demo could not be started: ${error.message}`))
    })
  })
  return {
    ...facts,
    folder,
    said,
    async stop() {
      const ended = new Promise((resolve) => process_.once('exit', (code) => resolve(code)))
      process_.kill('SIGTERM')
      const code = await Promise.race([ended, later(20_000, 'late')])
      if (code === 'late') process_.kill('SIGKILL')
      if (data === undefined) rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

const later = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value).unref())

/** The API as the demo's administrator, for setting a scene up and for checking it from another side. */
export function apiOf(demo) {
  return async function call(method, path, body) {
    const response = await fetch(demo.base + path, {
      method,
      headers: { Authorization: `Bearer ${demo.token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    return text ? JSON.parse(text) : undefined
  }
}

/** Signs in through the page, once; later contexts take over its cookie. */
export async function signedIn(browser, demo, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options })
  const page = await watched(context)
  await page.goto(`${demo.base}/sign-in`)
  await page.getByLabel('User name').fill(demo.user)
  await page.getByLabel('Password', { exact: true }).fill(demo.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  return { context, page }
}

/** A page whose complaints (errors, refused by the content security policy) count as failures. */
export async function watched(context) {
  const page = await context.newPage()
  page.complaints = []
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    // the browser tells every 4xx as an error of its own; pages show those themselves
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(text)) page.complaints.push(text)
  })
  return page
}

export function check(claim, message) {
  if (!claim) throw new Error(message)
}
