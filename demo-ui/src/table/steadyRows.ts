export interface Steady<Row> {
  readonly rows: readonly Row[]
  readonly arrived: number
  readonly gone: ReadonlySet<string>
  readonly reordered: boolean
}

/**
 * Nothing jumps: rows on screen keep their place and take over new values; rows that left stay until the viewer
 * asks for the new list; new ones are only counted.
 */
export function keepSteady<Row>(
  shown: readonly Row[],
  fetched: readonly Row[],
  keyOf: (row: Row) => string,
): Steady<Row> {
  const fresh = new Map(fetched.map((row) => [keyOf(row), row]))
  const gone = new Set<string>()
  const staying: string[] = []
  const rows = shown.map((row) => {
    const key = keyOf(row)
    const update = fresh.get(key)
    if (update === undefined) {
      gone.add(key)
      return row
    }
    staying.push(key)
    return update
  })
  const known = new Set(shown.map(keyOf))
  const remaining = fetched.map(keyOf).filter((key) => known.has(key))
  return {
    rows,
    arrived: fetched.length - remaining.length,
    gone,
    reordered: remaining.some((key, index) => key !== staying[index]),
  }
}
