// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { deviceFilterOf, deviceListSpec, filterWords } from '@/devices/deviceQuery'
import type { Column } from '@/table/columns'
import { csvField, csvOf, everyRow } from '@/table/csv'
import { keepSteady } from '@/table/steadyRows'
import { readQuery, writeQuery } from '@/table/urlQuery'
import { useSteadyRows } from '@/table/useSteadyRows'

describe('the address of a list', () => {
  it('reads back as written', () => {
    const values = {
      ...readQuery(deviceListSpec, {}),
      q: 'kiosk lyon',
      state: ['Online', 'Asleep'] as const,
      firmware: '1.0.0',
      attention: true,
      sort: '-battery' as const,
      cursor: 'abc=',
      from: 100,
    }
    expect(readQuery(deviceListSpec, writeQuery(deviceListSpec, values))).toEqual(values)
  })

  it('leaves out what is as usual', () => {
    expect(writeQuery(deviceListSpec, readQuery(deviceListSpec, {}))).toEqual({})
  })

  it('turns nonsense into the usual, never into a request', () => {
    const values = readQuery(deviceListSpec, {
      state: ['Online', 'Exploded', null],
      sort: '; drop table',
      from: '-5',
      heardSince: 'never',
      q: 'x'.repeat(2000),
      attention: 'maybe',
    })
    expect(values.state).toEqual(['Online'])
    expect(values.sort).toBe('name')
    expect(values.from).toBe(0)
    expect(values.heardSince).toBe('')
    expect(values.q).toHaveLength(500)
    expect(values.attention).toBe(false)
  })

  it('sends only the conditions that are set', () => {
    expect(deviceFilterOf(readQuery(deviceListSpec, { q: '  ', state: 'Silent' }))).toEqual({ state: ['Silent'] })
    expect(filterWords({ q: 'a', state: ['Silent', 'Overdue'], attention: true }).map(({ words }) => words)).toEqual([
      '“a”',
      'Silent or Overdue',
      'needs attention',
    ])
  })
})

interface Row {
  id: string
  n: number
}
const rows = (...ids: string[]): Row[] => ids.map((id, n) => ({ id, n }))
const keyOf = ({ id }: Row) => id

describe('a list that does not jump', () => {
  it('keeps the order, takes new values, keeps what left, counts what came', () => {
    const steady = keepSteady(rows('a', 'b', 'c'), [{ id: 'c', n: 9 }, { id: 'x', n: 1 }, { id: 'a', n: 7 }], keyOf)
    expect(steady.rows.map(({ id, n }) => `${id}${n}`)).toEqual(['a7', 'b1', 'c9'])
    expect([...steady.gone]).toEqual(['b'])
    expect(steady.arrived).toBe(1)
    expect(steady.reordered).toBe(true)
  })

  it('says nothing when only values changed', () => {
    const steady = keepSteady(rows('a', 'b'), rows('a', 'b'), keyOf)
    expect(steady).toMatchObject({ arrived: 0, reordered: false })
  })

  it('offers the new list, takes it when asked, and at once for a new question', async () => {
    const fetched = ref<Row[] | undefined>(rows('a', 'b'))
    const question = ref('1')
    const isOld = ref(false)
    const { rows: shown, offer, accept } = useSteadyRows<Row>(fetched, question, isOld, keyOf)
    fetched.value = rows('x', 'a', 'b')
    await Promise.resolve()
    expect(shown.value.map(keyOf)).toEqual(['a', 'b'])
    expect(offer.value).toBe('1 new')
    accept()
    expect(shown.value.map(keyOf)).toEqual(['x', 'a', 'b'])
    question.value = '2'
    fetched.value = rows('q')
    await Promise.resolve()
    expect(shown.value.map(keyOf)).toEqual(['q'])
    expect(offer.value).toBe('')
  })
})

describe('CSV', () => {
  const columns: Column<Row>[] = [
    { key: 'id', title: 'Id, quoted', width: 1, text: ({ id }) => id },
    { key: 'n', title: 'N', width: 1, text: ({ n }) => `${n} %`, csv: ({ n }) => String(n) },
  ]
  it('quotes what must be quoted', () => {
    expect(csvOf(columns, [{ id: 'say "hi"\n', n: 5 }])).toBe('"Id, quoted",N\r\n"say ""hi""\n",5\r\n')
  })
  it.each(['=1+1', '+cmd|x', '-2+3', '@sum', '\tx', ' =1'])('disarms what a spreadsheet would run: %s', (field) => {
    expect(csvField(field).replace(/^"/, '')).toMatch(/^'/)
  })
  it('leaves negative numbers alone', () => {
    expect(csvField('-12.5')).toBe('-12.5')
  })
  it('reads every page and says how far it got', async () => {
    const told: number[] = []
    const all = await everyRow<Row>(
      async (cursor) => (cursor === undefined ? { items: rows('a', 'b'), nextCursor: '2' } : { items: rows('c') }),
      new AbortController().signal,
      (loaded) => told.push(loaded),
    )
    expect(all.map(keyOf)).toEqual(['a', 'b', 'c'])
    expect(told).toEqual([2, 3])
  })
})
