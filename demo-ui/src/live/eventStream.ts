/** One server-sent event as it came over the wire. */
export interface ServerSentEvent {
  readonly id: string | undefined
  readonly type: string
  readonly data: string
}

/**
 * Cuts a text stream into server-sent events (HTML standard, "server-sent events"). Feed it pieces of any size;
 * it keeps the unfinished rest. Comment lines and fields it doesn't know are skipped.
 */
export class EventParser {
  private rest = ''
  private id: string | undefined
  private type = ''
  private data: string[] = []

  feed(piece: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) {
          events.push({ id: this.id, type: this.type || 'message', data: this.data.join('\n') })
        }
        this.type = ''
        this.data = []
      } else {
        this.field(line)
      }
    }
    return events
  }

  private field(line: string): void {
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') this.data.push(value)
    else if (name === 'event') this.type = value
    else if (name === 'id' && !value.includes('\0')) this.id = value
  }
}
