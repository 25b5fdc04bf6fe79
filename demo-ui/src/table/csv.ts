import type { Column } from './columns'

/**
 * One field of RFC 4180. Device text is untrusted: a spreadsheet would run what begins like a formula, so such
 * fields get an apostrophe in front.
 */
export function csvField(value: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => csvField(title)),
    ...rows.map((row) => columns.map(({ csv, text }) => csvField((csv ?? text)(row)))),
  ]
  return lines.map((fields) => fields.join(',')).join('\r\n') + '\r\n'
}

/** Offers text as a file to keep. */
export function download(name: string, content: string | ArrayBuffer, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

interface Page<Row> {
  items: readonly Row[]
  nextCursor?: string
}

/** Every row that matches, page by page, telling how far it got; at most 100,000. */
export async function everyRow<Row>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
  signal: AbortSignal,
  progress: (loaded: number) => void = () => undefined,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await load(cursor, signal)
    rows.push(...page.items)
    progress(rows.length)
    cursor = page.nextCursor
  } while (cursor !== undefined && rows.length < 100_000)
  return rows
}
