// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@/api/types'
import { EventParser } from '@/live/eventStream'
import { LiveConnection, type LiveState } from '@/live/liveConnection'
import { keysTouchedBy } from '@/live/touched'

describe('server-sent events', () => {
  const wire = 'id: 7\nevent: device.registered\ndata: {"a":\ndata: 1}\n\n: comment\n\nevent: ping\ndata: {}\n\n'
  it('are the same however the stream is cut', () => {
    for (let size = 1; size <= wire.length; size += 1) {
      const parser = new EventParser()
      const events = []
      for (let at = 0; at < wire.length; at += size) events.push(...parser.feed(wire.slice(at, at + size)))
      expect(events).toEqual([
        { id: '7', type: 'device.registered', data: '{"a":\n1}' },
        { id: '7', type: 'ping', data: '{}' },
      ])
    }
  })
  it('may end their lines with CR LF, cut anywhere', () => {
    const parser = new EventParser()
    const events = [...'data: x\r\n\r\ndata: y\r\n\r\n'].flatMap((piece) => parser.feed(piece))
    expect(events.map(({ data }) => data)).toEqual(['x', 'y'])
  })
})

describe('the live connection', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function scene(answers: (() => Response)[]) {
    const seen: LiveEvent[] = []
    const states: LiveState[] = []
    const sent: (string | null)[] = []
    let resets = 0
    let signedOut = 0
    const connection = new LiveConnection(
      {
        event: (event) => void seen.push(event),
        reset: () => (resets += 1),
        state: (state) => void states.push(state),
        signedOut: () => (signedOut += 1),
      },
      async (_input, init) => {
        sent.push(new Headers(init?.headers).get('Last-Event-ID'))
        const answer = answers.shift()
        if (!answer) throw new TypeError('no server')
        return answer()
      },
    )
    return { connection, seen, states, sent, resets: () => resets, signedOut: () => signedOut }
  }
  const stream = (text: string) => () => new Response(text, { status: 200 })

  it('resumes after the last number it saw', async () => {
    const { connection, seen, sent, resets, states } = scene([
      stream('id: 41\nevent: device.registered\ndata: {"number":41,"type":"device.registered"}\n\n'),
      stream('id: 42\nevent: device.awake\ndata: {"number":42,"type":"device.awake"}\n\n'),
    ])
    connection.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(states.at(-1)).toBe('lost')
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent.slice(0, 2)).toEqual([null, '41'])
    expect(seen.map(({ number }) => number)).toEqual([41, 42])
    expect(resets()).toBe(1)
    connection.stop()
  })

  it('loads everything again when the server says so', async () => {
    const { connection, resets } = scene([stream('event: reset\ndata: {}\n\n')])
    connection.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(resets()).toBe(2)
    connection.stop()
  })

  it('stops and tells when nobody is signed in', async () => {
    const { connection, states, sent, signedOut } = scene([() => new Response('', { status: 401 })])
    connection.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(signedOut()).toBe(1)
    expect(sent).toHaveLength(1)
    expect(states.at(-1)).toBe('off')
  })

  it('waits longer after each failure, and hurries when asked', async () => {
    const { connection, sent } = scene([])
    connection.start()
    await vi.advanceTimersByTimeAsync(10)
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000)
    expect(sent).toHaveLength(4)
    connection.hurry()
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toHaveLength(5)
    connection.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(sent).toHaveLength(5)
  })

  it('survives an event that is no JSON', async () => {
    const { connection, seen } = scene([stream('data: <html>\n\ndata: {"number":1,"type":"job.changed"}\n\n')])
    connection.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(seen).toHaveLength(1)
    connection.stop()
  })
})

describe('what an event makes stale', () => {
  it('is the list and the thing itself, nothing else', () => {
    const keys = keysTouchedBy({ number: 1, at: '', type: 'processes.listed', deviceId: 'd1', text: '' })
    expect(keys).toContainEqual(['device', 'd1', 'processes'])
    expect(keys).not.toContainEqual(['devices'])
  })
  it('of an unknown kind is only the activity', () => {
    expect(keysTouchedBy({ number: 1, at: '', type: 'volcano.erupted', text: '' })).toEqual([['activity']])
  })
})
