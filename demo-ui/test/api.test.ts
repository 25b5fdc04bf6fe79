// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** The network is faked, our modules are not. */
function network(answer: () => Promise<Response> | Response) {
  const seen: Request[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request)
    return answer()
  })
  return seen
}
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

describe('calling the server', () => {
  beforeEach(() => {
    vi.resetModules()
    vi.stubGlobal('location', { origin: 'http://dm.test' })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('carries the CSRF token on what changes something, and only there', async () => {
    const client = await import('@/api/client')
    const { jobsApi } = await import('@/jobs/jobsApi')
    client.useCsrfToken('secret')
    const seen = network(() => json(200, { items: [], total: 0 }))
    await jobsApi.list({})
    await jobsApi.create({ kind: 'process.list', selection: { devices: ['d1'] } }, 'key-1')
    expect(seen[0]?.headers.get('X-CSRF-Token')).toBeNull()
    expect(seen[1]?.headers.get('X-CSRF-Token')).toBe('secret')
    expect(seen[1]?.headers.get('Idempotency-Key')).toBe('key-1')
  })

  it('turns an error body into a problem with its code', async () => {
    const { devicesApi } = await import('@/devices/devicesApi')
    network(() => json(404, { code: 'DEVICE_UNKNOWN', message: 'No such device.' }))
    await expect(devicesApi.get('x')).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN', status: 404, message: 'No such device.' })
  })

  it('makes do with an error that is no JSON', async () => {
    const { devicesApi } = await import('@/devices/devicesApi')
    network(() => new Response('<html>Bad</html>', { status: 500 }))
    await expect(devicesApi.get('x')).rejects.toMatchObject({ code: 'INTERNAL', status: 500 })
  })

  it('tells when nobody is signed in any more', async () => {
    const client = await import('@/api/client')
    const { devicesApi } = await import('@/devices/devicesApi')
    const told = vi.fn()
    client.onSignedOut(told)
    network(() => json(401, { code: 'NOT_SIGNED_IN', message: 'Sign in first.' }))
    await expect(devicesApi.get('x')).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    expect(told).toHaveBeenCalledOnce()
  })

  it('knows a server that cannot be reached from one that says no', async () => {
    const { useReachability } = await import('@/live/reachability')
    const { devicesApi } = await import('@/devices/devicesApi')
    const { reachable } = useReachability()
    network(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(devicesApi.get('x')).rejects.toMatchObject({ code: 'UNREACHABLE' })
    expect(reachable.value).toBe(false)
    network(() => json(403, { code: 'NOT_ALLOWED', message: 'No.' }))
    await expect(devicesApi.get('x')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    expect(reachable.value).toBe(true)
  })

  it('repeats every state of a filter as its own parameter', async () => {
    const { devicesApi } = await import('@/devices/devicesApi')
    const seen = network(() => json(200, { items: [], total: 0 }))
    await devicesApi.list({ state: ['Online', 'Never seen'], q: 'a&b' })
    expect(new URL(seen[0]!.url).searchParams.getAll('state')).toEqual(['Online', 'Never seen'])
    expect(new URL(seen[0]!.url).searchParams.get('q')).toBe('a&b')
  })
})
