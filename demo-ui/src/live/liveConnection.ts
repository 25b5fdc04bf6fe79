import { EventParser } from './eventStream'
import type { LiveEvent } from '@/api/types'

export type LiveState = 'connecting' | 'live' | 'lost' | 'off'

export interface LiveListener {
  /** One change; its number is higher than that of the one before. */
  event(event: LiveEvent): void
  /** Changes may have been missed: load everything again. */
  reset(): void
  state(state: LiveState): void
  /** The server says that nobody is signed in. */
  signedOut(): void
}

const FIRST_DELAY = 1000
const LONGEST_DELAY = 30_000
const SILENCE = 40_000

/**
 * Live changes by server-sent events, resumed after the last number seen. A stream that is silent for 40 s (the
 * server pings every 15 s) counts as lost. Reconnects with a doubling delay; one stream at a time.
 */
export class LiveConnection {
  private running: AbortController | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private delay = FIRST_DELAY
  private lastNumber: string | undefined

  constructor(
    private readonly listener: LiveListener,
    private readonly connect: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  start(): void {
    if (this.running || this.timer) return
    void this.run()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.running?.abort()
    this.running = undefined
    this.listener.state('off')
  }

  /** Tries at once instead of waiting for the delay to pass. */
  hurry(): void {
    if (this.timer === undefined) return
    clearTimeout(this.timer)
    this.timer = undefined
    this.delay = FIRST_DELAY
    void this.run()
  }

  private async run(): Promise<void> {
    const abort = new AbortController()
    this.running = abort
    this.listener.state('connecting')
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' }
      if (this.lastNumber !== undefined) headers['Last-Event-ID'] = this.lastNumber
      const response = await this.connect('/api/v1/events', {
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: abort.signal,
      })
      if (response.status === 401) {
        this.running = undefined
        this.listener.state('off')
        this.listener.signedOut()
        return
      }
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
      if (this.lastNumber === undefined) this.listener.reset()
      this.listener.state('live')
      this.delay = FIRST_DELAY
      await this.read(response.body, abort)
    } catch {
      // a lost stream is normal: it is told as a state and tried again
    }
    if (this.running !== abort) return
    this.running = undefined
    this.listener.state('lost')
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.run()
    }, this.delay)
    this.delay = Math.min(this.delay * 2, LONGEST_DELAY)
  }

  private async read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<void> {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    const parser = new EventParser()
    let watchdog = setTimeout(() => abort.abort(), SILENCE)
    const stopReading = () => void reader.cancel().catch(() => undefined)
    abort.signal.addEventListener('abort', stopReading)
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(watchdog)
        watchdog = setTimeout(() => abort.abort(), SILENCE)
        for (const message of parser.feed(decoder.decode(value, { stream: true }))) {
          if (message.type === 'ping') continue
          if (message.id !== undefined && message.id !== '') this.lastNumber = message.id
          if (message.type === 'reset') this.listener.reset()
          else this.tell(message.data)
        }
      }
    } finally {
      clearTimeout(watchdog)
      abort.signal.removeEventListener('abort', stopReading)
    }
  }

  private tell(data: string): void {
    let event: unknown
    try {
      event = JSON.parse(data)
    } catch {
      return
    }
    if (typeof event === 'object' && event !== null && 'type' in event) this.listener.event(event as LiveEvent)
  }
}
