// A stand-in for the server while pages are being built: `npm run mock` beside `npm run dev`. Not shipped, not tested
// against; the contract is openapi.yaml. Sign in as anybody with any password. PORT, DEVICES and HOSTILE are its settings.
import { createServer } from 'node:http'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'

// STATIC names a folder with a built console, served as the real server serves it
const folder = process.env.STATIC
const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain' }
function file(path, response) {
  const wanted = join(folder, normalize(path))
  const found = existsSync(wanted) && extname(wanted) ? wanted : join(folder, 'index.html')
  response.writeHead(200, { 'Content-Type': types[extname(found)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP }).end(readFileSync(found))
}
const CSP = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const port = Number(process.env.PORT ?? 8080)
const amount = Number(process.env.DEVICES ?? 42)
const hostile = process.env.HOSTILE === '1'
const now = () => new Date()
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString()
const states = ['Online', 'Online', 'Online', 'Online', 'Asleep', 'Online', 'Asleep', 'Overdue', 'Silent', 'Never seen', 'Online', 'Out of service']
const bad = '<img src=x onerror=alert(1)> \u202Egnirts ' + 'a very long name that goes on and on '.repeat(8)

const devices = Array.from({ length: amount }, (_, index) => {
  const state = states[index % states.length]
  const seen = state !== 'Never seen'
  const endpoint = index === 0 ? 'urn:dev:host:workbench' : `urn:dev:mac:0024befffe80${(4096 + index).toString(16)}`
  return {
    id: `d${index}`,
    endpoint,
    name: hostile && index % 3 === 1 ? bad : index === 0 ? 'This machine' : index % 4 === 3 ? endpoint : `Kiosk ${['Lyon', 'Porto', 'Gdańsk', 'Turku'][index % 4]} ${index}`,
    state,
    ...(state === 'Asleep' && { stateDetail: 'next wake-up about 14:20', nextWakeUp: new Date(Date.now() + 780_000 + index * 1000).toISOString() }),
    ...(state === 'Silent' && { stateDetail: 'not heard of since yesterday' }),
    ...(seen && {
      manufacturer: index % 5 ? 'Acme' : 'Initech', model: index % 2 ? 'K-200' : 'K-300', serial: `SN${1000 + index}`,
      firmware: index % 4 ? '1.2.0' : '1.0.0', battery: (index * 37) % 101, memoryFree: 20_000 + index * 913,
      processCount: 12 + index, registeredAt: ago(7200 + index), lastHeard: ago(index * 41), lifetimeSeconds: 300,
      address: `127.0.0.1:${50000 + index}`, lwm2mVersion: '1.1',
    }),
    queueMode: state === 'Asleep', secured: true,
    openAttention: state === 'Silent' ? 1 : 0, waitingCommands: state === 'Asleep' ? 2 : 0,
  }
})
const processes = Array.from({ length: 312 }, (_, index) => ({
  pid: index + 1, parentPid: index ? 1 : 0, user: index % 3 ? 1000 : 0, state: index % 9 ? 'sleeping' : 'running',
  cpuPermille: (index * 7919) % 130, memoryBytes: ((index * 104_729) % 900) * 1024 * 200, startedAt: ago(index * 67),
  startTime: Math.floor(Date.now() / 1000) - index * 67, name: hostile && index % 7 === 2 ? bad : ['systemd', 'java', 'chromium', 'sleep', 'bash', 'dbus-daemon'][index % 6],
  protected: index < 3, ...(index % 5 === 0 && { hash8: '9f86d081884c7d65' }),
}))
const commands = []
const step = (name, text, seconds, more = {}) => ({ at: ago(seconds), step: name, text, ...more })
function command(device, kind, title, state, more = {}) {
  const made = {
    id: randomUUID(), deviceId: device.id, endpoint: device.endpoint, deviceName: device.name, kind, title, state,
    requestedAt: ago(90), requestedBy: 'admin', cancellable: state === 'Waiting', retryable: ['No answer', 'Refused by the device'].includes(state),
    timeline: [step('requested', 'Requested by admin', 90), step('queued', 'Asleep, next wake-up about 14:20', 90)],
    ...more,
  }
  commands.unshift(made)
  return made
}
command(devices[0], 'process.list', 'List processes', 'Done', { timeline: [step('requested', 'Requested by admin', 95), step('sent', 'Sent', 94), step('acknowledged', 'Window of 7 pages filled', 93.7), step('done', '312 processes in 12 exchanges', 92, { code: '2.05', exchange: 'POST /42769/0/20\n2.04 Changed\nGET /42769/0/21/0\n2.05 Content 998 bytes' })] })
command(devices[0], 'process.terminate', 'Terminate systemd (pid 1)', 'Refused by the device', { reason: 'INC-7 looks odd', cause: 'The device protects this process', arguments: { pid: 1, startTime: processes[0].startTime }, timeline: [step('requested', 'Requested by admin', 60), step('sent', 'Sent', 59.9), step('refused', 'The device protects this process', 59.5, { code: '/42769/0/31 = 22' })] })
command(devices[4], 'device.refresh', 'Refresh facts', 'Waiting', { expectedAt: devices[4].nextWakeUp, reason: 'routine' })
command(devices[0], 'file.delete', 'Delete 0:tmp/helper.bin', 'Working', { progress: 40 })
command(devices[8], 'device.refresh', 'Refresh facts', 'No answer', { cause: 'No answer within 60 s' })
const jobs = [
  { id: 'j1', kind: 'process.list', title: 'List processes of 12 devices', state: 'running', reason: 'browser test', createdAt: ago(300), createdBy: 'admin', total: 12, counts: [{ state: 'Done', count: 8 }, { state: 'Waiting', count: 2 }, { state: 'Working', count: 1 }, { state: 'No answer', count: 1 }], causes: [{ cause: 'No answer within 60 s', count: 1 }], excluded: 1, cancellable: true, filter: { state: ['Online', 'Asleep'] } },
  { id: 'j2', kind: 'device.refresh', title: 'Refresh facts of 40 devices', state: 'finished', createdAt: ago(90_000), endedAt: ago(89_000), createdBy: 'olivia', total: 40, counts: [{ state: 'Done', count: 36 }, { state: 'Refused by the device', count: 3 }, { state: 'Expired', count: 1 }], causes: [{ cause: 'The device answered 4.01', count: 3 }, { cause: 'Not heard of within 7 days', count: 1 }], cancellable: false },
]
const attention = Array.from({ length: 7 }, (_, index) => ({
  id: `a${index}`, rule: index < 5 ? 'device-silent' : index === 5 ? 'device-refused' : 'command-failed', severity: index === 6 ? 'failed' : 'attention',
  title: index < 5 ? `${devices[8 + index]?.name ?? 'A device'} is silent` : index === 5 ? 'An unknown device was refused 14 times' : 'Terminate systemd (pid 1) was refused by the device',
  detail: index < 5 ? 'Its registration expired; not heard of since 09:12' : 'Identity “sensor-77” is not known', deviceId: index === 5 ? undefined : `d${8 + index}`, deviceName: 'x',
  link: index === 5 ? '/devices/refused' : undefined, state: 'open', firstAt: ago(9000), lastAt: ago(600 + index), count: index + 1,
}))
const fact = (label, path, value, text, units) => ({ label, path, known: { value, at: ago(180), origin: 'notified' }, ...(text && { text }), ...(units && { units }) })
const facts = [fact('Manufacturer', '/3/0/0', 'Acme'), fact('Model', '/3/0/1', 'K-300'), fact('Firmware', '/3/0/3', '1.0.0'), fact('Battery', '/3/0/9', 21, '21 %'), fact('Free memory', '/3/0/10', 20480, '20 MiB'), { label: 'Error codes', path: '/3/0/11' }]
const objects = [[0, '1.1', 'LwM2M Security'], [1, '1.1', 'LwM2M Server'], [3, '1.2', 'Device'], [4, '1.3', 'Connectivity Monitoring'], [42769, '1.0', 'Process Management'], [42770, '1.0', 'File Management'], [33333, '1.0', undefined]].map(([objectId, version, name]) => ({ objectId, version, name, instances: [0], known: name !== undefined }))
const resources = { objects: [{ objectId: 3, version: '1.2', name: 'Device', description: 'What the device is and how it is.', instances: [{ instanceId: 0, resources: [{ path: '/3/0/0', resourceId: 0, name: 'Manufacturer', operations: 'R', type: 'String', description: 'Who made it', known: { value: hostile ? bad : 'Acme', at: ago(190), origin: 'read' } }, { path: '/3/0/4', resourceId: 4, name: 'Reboot', operations: 'E' }, { path: '/3/0/6', resourceId: 6, name: 'Available Power Sources', operations: 'R', type: 'Integer', multiple: true, instances: [{ instanceId: 0, known: { value: 1, at: ago(20), origin: 'read' } }, { instanceId: 1, known: { value: 5, at: ago(20), origin: 'assumed' } }] }, { path: '/3/0/9', resourceId: 9, name: 'Battery Level', operations: 'R', type: 'Integer', units: '%', range: '0..100', known: { value: 21, at: ago(180), origin: 'notified' } }] }] }] }
const users = [{ id: 'u1', username: 'admin', displayName: 'Administrator', roles: ['admin'], disabled: false, createdAt: ago(900_000), lastSignInAt: ago(60) }, { id: 'u2', username: 'olivia', displayName: 'Olivia Operator', roles: ['operator'], disabled: false, createdAt: ago(90_000) }]
const roots = [{ root: 0, label: 'Sandbox', free: 3e9, total: 2e10, mayList: true, mayRead: true, mayWrite: true, mayDelete: true }, { root: 1, label: 'System logs', mayList: true, mayRead: false, mayWrite: false, mayDelete: false }]
const files = (path) => [{ name: 'packages', type: 'directory' }, { name: 'helper.bin', type: 'file' }, { name: hostile ? bad.slice(0, 250) : 'notes.txt', type: 'file' }, { name: 'current', type: 'link' }].map((file, index) => ({ ...file, path: `${path}${path.endsWith(':') ? '' : '/'}${file.name}`, size: index * 48_213, modifiedAt: ago(index * 9000), ...(index === 1 && { hash8: '9f86d081884c7d65', stat: { path: 'x', type: 'file', size: 48_213, at: ago(30), mode: 0o755, sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' } }) }))
const session = { username: 'admin', displayName: 'Administrator', roles: ['admin'], permissions: (process.env.PERMISSIONS ?? 'see,operate,list-files,delete-files,read-content,respond,policy,approve,raw-access,administer,audit,audit-own').split(','), kind: 'session', csrfToken: 'x', lastSignInAt: ago(40_000) }
const always = process.env.SIGNED_IN === '1'
const streams = new Set()
const page = (items, query) => {
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  return { items: items.slice(from, from + limit), total: items.length, ...(from + limit < items.length && { nextCursor: String(from + limit) }) }
}
const facet = (key) => Object.entries(devices.reduce((sum, device) => ({ ...sum, [device[key] ?? '']: (sum[device[key] ?? ''] ?? 0) + 1 }), {})).filter(([value]) => value).map(([value, count]) => ({ value, count }))
const filtered = (query) => {
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const wanted = query.getAll('state')
  return devices.filter((device) => words.every((word) => JSON.stringify(device).toLowerCase().includes(word)) && (wanted.length === 0 || wanted.includes(device.state)) && ['firmware', 'model', 'manufacturer'].every((key) => !query.get(key) || device[key] === query.get(key)))
}

const routes = [
  ['POST', /^\/api\/v1\/session$/, () => [201, session]],
  ['GET', /^\/api\/v1\/session$/, () => [200, session]],
  ['DELETE', /^\/api\/v1\/session$/, () => [204]],
  ['GET', /^\/api\/v1\/system$/, () => [200, { version: '0.1.0', startedAt: ago(5000), now: now().toISOString(), endpoints: ['coaps://127.0.0.1:5684'], warnings: ['Running as root'], registrations: 9, devices: amount, queued: 2, agentCommand: './dm agent --server coaps://127.0.0.1:5684 --endpoint NAME' }]],
  ['GET', /^\/api\/v1\/overview$/, () => [200, { checkedAt: ago(4), devices: { total: amount, byState: facet('state') }, byFirmware: facet('firmware'), heardByHour: Array.from({ length: 24 }, (_, index) => ({ from: new Date(Math.floor(Date.now() / 3.6e6) * 3.6e6 - (23 - index) * 3.6e6).toISOString(), count: (index * 7) % 11 })), jobsRunning: 1, commandsWaiting: 2, attentionOpen: 7, since: { from: ago(40_000), newDevices: 3, refused: 1, commandsDone: 12, commandsFailed: 2 } }]],
  ['GET', /^\/api\/v1\/activity$/, () => [200, { items: Array.from({ length: 9 }, (_, index) => ({ number: 900 - index, at: ago(index * 70), type: 'device.registered', deviceId: `d${index}`, deviceName: devices[index].name, text: ['registered', 'listed 312 processes', 'fell asleep, next wake-up about 14:20'][index % 3] })) }]],
  ['GET', /^\/api\/v1\/attention$/, (_, query) => { const items = process.env.CALM ? [] : attention.filter((item) => (query.get('state') ?? item.state) === item.state); const of = (state) => attention.filter((item) => item.state === state).length; return [200, { ...page(items, query), counts: { open: of('open'), acknowledged: of('acknowledged'), snoozed: of('snoozed') } }] }],
  ['POST', /^\/api\/v1\/attention\/([^/]+)\/(\w+)$/, ([id, action], _, body) => { const item = attention.find((entry) => entry.id === id); item.state = { acknowledge: 'acknowledged', snooze: 'snoozed', resolve: 'resolved', reopen: 'open' }[action]; item.by = 'admin'; item.until = body?.until; return [200, item] }],
  ['GET', /^\/api\/v1\/devices$/, (_, query) => [200, page(filtered(query), query)]],
  ['POST', /^\/api\/v1\/devices$/, (_, __, body) => [201, { device: { ...devices[9], name: body.endpoint }, pskIdentity: body.endpoint, pskKey: '00112233445566778899aabbccddeeff', agentCommand: `./dm agent --server coaps://127.0.0.1:5684 --endpoint ${body.endpoint} --psk-identity ${body.endpoint} --psk-key 00112233445566778899aabbccddeeff` }]],
  ['GET', /^\/api\/v1\/devices\/facets$/, () => [200, { total: amount, state: facet('state'), firmware: facet('firmware'), model: facet('model'), manufacturer: facet('manufacturer') }]],
  ['GET', /^\/api\/v1\/devices\/([^/]+)$/, ([id]) => { const device = devices.find((entry) => entry.id === id); return device ? [200, { ...device, objects: device.state === 'Never seen' ? [] : id === 'd1' ? objects.slice(0, 4) : objects, facts: device.state === 'Never seen' ? [] : facts, registrationNotes: [], experience: ['Answers SenML CBOR'], refreshCosts: [['facts', 2, 310], ['objects', 9, 4100], ['processes', 12, 11_000], ['roots', 2, 240]].map(([what, messages, bytes]) => ({ what, messages, bytes })), clockSkewSeconds: -400, createdAt: ago(9e5) }] : [404, { code: 'DEVICE_UNKNOWN', message: 'No such device.' }] }],
  ['PATCH', /^\/api\/v1\/devices\/([^/]+)$/, ([id], _, body) => [200, { ...Object.assign(devices.find((entry) => entry.id === id), body), objects, facts, registrationNotes: [], refreshCosts: [] }]],
  ['GET', /^\/api\/v1\/devices\/([^/]+)\/resources$/, () => [200, resources]],
  ['GET', /^\/api\/v1\/devices\/([^/]+)\/processes$/, ([id]) => [200, id === 'd1' ? { supported: false, missingObject: 42769, items: [] } : { supported: true, at: ago(12), complete: true, exchanges: 12, bytes: 11_204, processCount: { value: 312, at: ago(12), origin: 'notified' }, cpuLoad: { value: 17, at: ago(12), origin: 'notified' }, memoryUsed: { value: 3_221_225_472, at: ago(12), origin: 'read' }, lastExit: { pid: 4711, name: 'mail', signal: 11, at: ago(3600) }, items: processes }]],
  ['GET', /^\/api\/v1\/devices\/([^/]+)\/files$/, (_, query) => [200, query.get('path') ? { supported: true, roots, path: query.get('path'), ...(!query.get('path').includes('packages') && { at: ago(60), complete: true }), items: query.get('path').includes('packages') ? [] : files(query.get('path')) } : { supported: true, roots, items: [] }]],
  ['POST', /^\/api\/v1\/devices\/([^/]+)\/(?:refresh|files\/\w+|processes\/\d+\/terminate)$/, ([id], _, body, path) => { const device = devices.find((entry) => entry.id === id); const made = command(device, path.includes('terminate') ? 'process.terminate' : path.includes('fetch') ? 'file.fetch' : path.includes('stat') ? 'file.stat' : path.includes('delete') ? 'file.delete' : 'device.refresh', path.includes('terminate') ? `Terminate ${body.name}` : path.split('/').pop(), device.queueMode ? 'Waiting' : 'Done', { reason: body.reason, arguments: body, expectedAt: device.nextWakeUp, result: path.includes('fetch') ? { offset: 0 } : undefined }); return [202, made] }],
  ['GET', /^\/api\/v1\/refused$/, (_, query) => [200, page([{ id: 'r1', at: ago(70), firstAt: ago(9000), count: 14, address: '127.0.0.1:40404', identity: 'sensor-77', reason: 'UNKNOWN_IDENTITY', text: 'Handshake with an identity nobody knows', suggestion: 'Add the device with this identity', addable: true }, { id: 'r2', at: ago(700), firstAt: ago(700), count: 1, address: '127.0.0.1:40405', endpoint: 'kiosk-9', identity: 'kiosk-8', reason: 'ENDPOINT_MISMATCH', text: 'Registered as kiosk-9 with the key of kiosk-8', suggestion: 'Register with the endpoint that the key belongs to', addable: false }], query)]],
  ['GET', /^\/api\/v1\/commands$/, (_, query) => [200, page(commands.filter((entry) => ['device', 'kind', 'state'].every((key) => !query.get(key) || entry[key === 'device' ? 'deviceId' : key] === query.get(key))), query)]],
  ['GET', /^\/api\/v1\/commands\/([^/]+)$/, ([id]) => [200, commands.find((entry) => entry.id === id)]],
  ['POST', /^\/api\/v1\/commands\/([^/]+)\/cancel$/, ([id]) => [200, Object.assign(commands.find((entry) => entry.id === id), { state: 'Cancelled', cancellable: false })]],
  ['POST', /^\/api\/v1\/commands\/([^/]+)\/retry$/, ([id]) => [202, { ...commands.find((entry) => entry.id === id), id: randomUUID(), state: 'Waiting' }]],
  ['GET', /^\/api\/v1\/commands\/([^/]+)\/content$/, () => [200, Buffer.from('#!/bin/sh\necho "hello"\n<script>alert(1)</script>\n')]],
  ['GET', /^\/api\/v1\/jobs$/, (_, query) => [200, page(jobs.filter((job) => !query.get('state') || job.state === query.get('state')), query)]],
  ['POST', /^\/api\/v1\/jobs\/preview$/, (_, __, body) => { const of = body.selection.devices?.length ?? amount; return [200, { sentence: `Lists the processes of ${of - 1} devices.`, included: of - 1, asleep: 2, latestWakeUp: new Date(Date.now() + 9e5).toISOString(), sample: devices.slice(0, 5).map(({ name }) => name), excluded: [{ why: 'lacks the object Process Management', count: 1, sample: [devices[1].name] }] }] }],
  ['POST', /^\/api\/v1\/jobs$/, () => [202, jobs[0]]],
  ['GET', /^\/api\/v1\/jobs\/([^/]+)$/, ([id]) => { const job = jobs.find((entry) => entry.id === id); return job ? [200, job] : [404, { code: 'JOB_UNKNOWN', message: 'No such job.' }] }],
  ['POST', /^\/api\/v1\/jobs\/([^/]+)\/\w+$/, ([id]) => [200, jobs.find((entry) => entry.id === id)]],
  ['GET', /^\/api\/v1\/users$/, () => [200, { items: users }]],
  ['POST', /^\/api\/v1\/users$/, () => [409, { code: 'ALREADY_EXISTS', message: 'A user of this name exists already.' }]],
  ['GET', /^\/api\/v1\/tokens$/, () => [200, { items: [{ id: 't1', name: 'nightly report', roles: ['viewer'], createdAt: ago(9e5), createdBy: 'admin', lastUsedAt: ago(3000), expiresAt: new Date(Date.now() + 9e9).toISOString() }] }]],
  ['POST', /^\/api\/v1\/tokens$/, (_, __, body) => [201, { id: 't2', ...body, createdAt: ago(0), createdBy: 'admin', secret: 'omtp_4f1c9d2e77b84a1f9a0c3b5d6e7f8091' }]],
  ['GET', /^\/api\/v1\/credentials$/, (_, query) => [200, page(devices.map(({ id, endpoint }) => ({ id, endpoint, kind: 'psk', identity: endpoint, createdAt: ago(9e5), createdBy: 'admin' })), query)]],
  ['GET', /^\/api\/v1\/audit$/, (_, query) => [200, page(Array.from({ length: 130 }, (__, index) => ({ number: 130 - index, at: ago(index * 300), actor: index % 3 ? 'admin' : 'olivia', action: ['session.sign-in', 'process.terminate', 'file.fetch'][index % 3], deviceId: index % 3 ? 'd0' : undefined, deviceName: index % 3 ? 'This machine' : undefined, reason: index % 3 ? 'INC-7' : undefined, result: index % 7 ? 'done' : 'refused', hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', details: { pid: 4711 } })), query)]],
  ['POST', /^\/api\/v1\/audit\/verify$/, () => [200, { intact: true, records: 130, lastHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', text: 'Every record carries the hash of the one before.' }]],
]

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const send = (status, body) => {
      if (Buffer.isBuffer(body)) return response.writeHead(status, { 'Content-Type': 'application/octet-stream' }).end(body)
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
    }
    if (folder && !url.pathname.startsWith('/api/')) return file(url.pathname, response)
    const signingIn = request.method === 'POST' && url.pathname === '/api/v1/session'
    if (signingIn) response.setHeader('Set-Cookie', 'omtpdm_session=mock; Path=/; HttpOnly; SameSite=Strict')
    const signedIn = always || request.headers.authorization || /omtpdm_session=mock/.test(request.headers.cookie ?? '')
    if (!signedIn && !signingIn) return send(401, { code: 'NOT_SIGNED_IN', message: 'Sign in first.' })
    if (url.pathname === '/api/v1/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write('event: ping\ndata: {}\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return undefined
    }
    for (const [method, pattern, act] of routes) {
      const match = method === request.method && pattern.exec(url.pathname)
      if (!match) continue
      const text = Buffer.concat(chunks).toString()
      try {
        return send(...act(match.slice(1).map(decodeURIComponent), url.searchParams, text ? JSON.parse(text) : {}, url.pathname))
      } catch (error) {
        return send(500, { code: 'INTERNAL', message: String(error) })
      }
    }
    return send(404, { code: 'NOT_FOUND', message: `No mock for ${request.method} ${url.pathname}` })
  })
}).listen(port, '127.0.0.1', () => console.log(`mock server on http://127.0.0.1:${port}`))
setInterval(() => { for (const stream of streams) stream.write('event: ping\ndata: {}\n\n') }, 10_000)
