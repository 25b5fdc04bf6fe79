// What an operator came for, on the real machine, confirmed by the operating system and not by our API.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settled } from '../routes.mjs'
import { until } from '../scene.mjs'
import { check, watched } from '../world.mjs'

const sandbox = ({ demo }) => join(demo.folder, 'agent', 'sandbox')

/** The real machine: of all devices the one whose agent lives in the demo's folder. */
async function machine({ api }) {
  const { items } = await api('GET', '/api/v1/devices?q=host-&limit=500')
  const found = items.find(({ endpoint }) => endpoint.startsWith('host-'))
  check(found, 'the machine itself is not among the devices')
  return found
}

async function opened({ browser, storageState, demo }, path) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', storageState })
  const page = await watched(context)
  await page.goto(demo.base + path)
  await settled(page)
  return page
}

/** Whether the kernel knows a process that hasn't ended. */
function lives(pid) {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** A program of the test's own, started through the sandbox's script: not by the agent. */
async function startInSandbox(world) {
  const script = spawn(join(sandbox(world), 'run'), ['sleep', '3599.5'], { stdio: 'ignore' })
  // the script has short-lived children of its own: only the program itself counts
  const isProgram = (pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\0')
  const childOf = () => {
    try {
      return Number(readFileSync(`/proc/${script.pid}/task/${script.pid}/children`, 'utf8').trim().split(' ').find(isProgram) ?? 0)
    } catch {
      return 0
    }
  }
  return until('starting a program in the sandbox', async () => childOf(), (pid) => pid > 0 && lives(pid))
}

async function listedProcess(world, device, pid) {
  await world.api('POST', `/api/v1/devices/${device.id}/refresh`, { what: 'processes' })
  return until(
    `process ${pid} in the list`,
    async () => (await world.api('GET', `/api/v1/devices/${device.id}/processes`)).items.find((process) => process.pid === pid),
    Boolean,
  )
}

const newest = async ({ api }, device, kind) => (await api('GET', `/api/v1/commands?device=${device.id}&kind=${kind}&limit=1`)).items[0]
const ended = ({ state }) => !['Waiting', 'Working'].includes(state)

export const tests = {
  async 'a real process is terminated, and the operating system agrees'(world) {
    const device = await machine(world)
    const pid = await startInSandbox(world)
    await listedProcess(world, device, pid)
    const page = await opened(world, `/devices/${device.id}/running`)
    await page.getByRole('searchbox', { name: /Filter processes/ }).fill(String(pid))
    await page.getByRole('button', { name: `Terminate sleep, pid ${pid}` }).click()
    await page.getByLabel('Reason').fill('it should not run here')
    await page.getByRole('button', { name: `Terminate pid ${pid}`, exact: true }).click()
    await until(`the end of process ${pid}`, async () => lives(pid), (alive) => !alive)
    const command = await until('the command', () => newest(world, device, 'process.terminate'), ended)
    check(command.state === 'Done', `the command is ${command.state}: ${command.cause}`)
    await page.goto(`${world.demo.base}/devices/${device.id}/commands`)
    await page.getByText('it should not run here').locator('visible=true').first().waitFor()
  },

  async 'a process outside the sandbox is refused with a readable reason and lives'(world) {
    const device = await machine(world)
    const stranger = spawn('sleep', ['3599.25'], { stdio: 'ignore' })
    try {
      const { startTime } = await listedProcess(world, device, stranger.pid)
      const asked = await world.api('POST', `/api/v1/devices/${device.id}/processes/${stranger.pid}/terminate`, {
        startTime,
        reason: 'this must be refused',
      })
      const command = await until('the refusal', () => world.api('GET', `/api/v1/commands/${asked.id}`), ended)
      check(command.state === 'Refused by the device', `the command is ${command.state}`)
      check(/protected|sandbox/i.test(command.cause), `the reason isn't readable: ${command.cause}`)
      const page = await opened(world, `/devices/${device.id}/commands`)
      await page.getByText('Refused by the device').locator('visible=true').first().waitFor()
      check(lives(stranger.pid), 'a process outside the sandbox was ended')
    } finally {
      stranger.kill('SIGKILL')
    }
  },

  async 'a real file is deleted, and the file system agrees'(world) {
    const device = await machine(world)
    const name = `browser-test-${Date.now()}.txt`
    const file = join(sandbox(world), 'files', name)
    writeFileSync(file, 'to be deleted by the operator\n')
    await world.api('POST', `/api/v1/devices/${device.id}/files/list`, { path: '0:' })
    await until(
      `${name} in the listing`,
      async () => (await world.api('GET', `/api/v1/devices/${device.id}/files?path=0:`)).items.some((entry) => entry.name === name),
      Boolean,
    )
    const page = await opened(world, `/devices/${device.id}/files?path=0:&file=${encodeURIComponent(`0:${name}`)}`)
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByLabel('Reason').fill('no longer wanted')
    await page.getByRole('button', { name: 'Delete this file' }).click()
    await until(`the end of ${name}`, async () => existsSync(file), (there) => !there)
  },

  async 'a path outside the root is refused with a readable reason and nothing is touched'(world) {
    const device = await machine(world)
    for (const path of ['0:../run', '0:/etc/passwd', '7:x']) {
      const outcome = await world
        .api('POST', `/api/v1/devices/${device.id}/files/delete`, { path, reason: 'this must be refused' })
        .then(({ id }) => until('the refusal', () => world.api('GET', `/api/v1/commands/${id}`), ended))
        .catch((error) => ({ state: 'refused before sending', cause: String(error) }))
      check(/refused/i.test(outcome.state), `${path}: ${outcome.state}`)
      check(/[a-z]{3,} [a-z]{2,}/i.test(outcome.cause ?? ''), `${path}: the reason isn't readable: ${outcome.cause}`)
    }
    check(existsSync(join(sandbox(world), 'run')), 'a file outside the root is gone')
  },

  async 'a command to a sleeping device is delivered once, at its wake-up'(world) {
    const asleep = await until(
      'a device falling asleep',
      async () => (await world.api('GET', '/api/v1/devices?state=Asleep&limit=5')).items[0],
      Boolean,
      180_000,
    )
    const asked = await world.api('POST', `/api/v1/devices/${asleep.id}/refresh`, { what: 'facts' })
    check(asked.state === 'Waiting', `the command is ${asked.state} although the device sleeps`)
    const page = await opened(world, `/devices/${asleep.id}/commands`)
    await page.getByText('Waiting').locator('visible=true').first().waitFor()
    const done = await until('the delivery', () => world.api('GET', `/api/v1/commands/${asked.id}`), ended, 180_000)
    check(done.state === 'Done', `the command is ${done.state}: ${done.cause}`)
    check(done.timeline.filter(({ step }) => step === 'sent').length <= 1, 'the command was sent more than once')
    await page.getByText('Done').locator('visible=true').first().waitFor()
  },
}
