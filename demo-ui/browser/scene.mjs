// Makes sure that every page has something to show, and names what must then be on it.

/** Waits until the API says what is hoped for; the last answer is in the error. */
export async function until(what, ask, holds, within = 60_000) {
  const end = Date.now() + within
  let last
  for (;;) {
    last = await ask()
    if (holds(last)) return last
    if (Date.now() > end) throw new Error(`${what} did not happen within ${within / 1000} s; last: ${(JSON.stringify(last) ?? 'nothing').slice(0, 400)}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

/** A real device with processes and files, a job, and the texts that prove that they are on screen. */
export async function sceneOf({ api }) {
  const { items: devices } = await api('GET', '/api/v1/devices?limit=500')
  const details = await Promise.all(devices.slice(0, 60).map(({ id }) => api('GET', `/api/v1/devices/${id}`)))
  const able = details.filter(({ state, objects }) => state === 'Online' && objects.some(({ objectId }) => objectId === 42769))
  if (able.length === 0) throw new Error('No device is online that can list its processes')
  // the one with the most processes is the real machine
  const device = able.sort((a, b) => (b.processCount ?? 0) - (a.processCount ?? 0))[0]
  const processesOf = () => api('GET', `/api/v1/devices/${device.id}/processes`)
  let processes = await processesOf()
  if (processes.items.length === 0) {
    await api('POST', `/api/v1/devices/${device.id}/refresh`, { what: 'processes' })
    processes = await until(`listing the processes of ${device.name}`, processesOf, ({ items }) => items.length > 0)
  }
  const rootsOf = async () => (await api('GET', `/api/v1/devices/${device.id}/files`)).roots
  let roots = await rootsOf()
  if (roots.length === 0) {
    await api('POST', `/api/v1/devices/${device.id}/refresh`, { what: 'roots' })
    roots = await until(`the roots of ${device.name}`, rootsOf, (found) => found.length > 0)
  }
  const root = roots[0]
  let path = ''
  let file
  if (root) {
    path = `${root.root}:`
    await api('POST', `/api/v1/devices/${device.id}/files/list`, { path })
    const listing = await until(
      `listing ${path}`,
      () => api('GET', `/api/v1/devices/${device.id}/files?path=${encodeURIComponent(path)}`),
      ({ at }) => at !== undefined,
    )
    file = listing.items[0]
  }
  const job = await api('POST', '/api/v1/jobs', {
    kind: 'device.refresh',
    arguments: { what: 'facts' },
    selection: { devices: devices.slice(0, 12).map(({ id }) => id) },
    reason: 'browser test',
  })
  return {
    device,
    params: { deviceId: device.id, jobId: job.id, anything: 'no/such/page' },
    queries: {
      'device-files': path ? `?path=${encodeURIComponent(path)}` : '',
      'device-objects': '?open=3',
      'device-running': '?sort=-memory',
    },
    shows: {
      overview: 'Needs attention',
      devices: device.name,
      device: device.endpoint.slice(0, 12),
      'device-running': processes.items.length > 0 ? 'processes' : 'Never listed',
      ...(file && { 'device-files': file.name }),
      'device-commands': 'Timeline',
      'device-objects': 'Device',
      jobs: job.title,
      job: 'browser test',
      commands: 'Timeline',
      'admin-users': 'admin',
      'admin-tokens': 'Made',
      'admin-credentials': device.endpoint.slice(0, 12),
      'admin-audit': 'Verify the chain',
      help: 'Words for states',
      'nothing-here': 'Nothing here',
    },
  }
}
