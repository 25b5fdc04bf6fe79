/** One parameter of a page's address: how it is read from the URL and written back. */
export interface Param<T> {
  read(raw: readonly string[]): T
  write(value: T): readonly string[]
}

const LONGEST = 500

/** Free text; absent means empty. */
export const text = (fallback = ''): Param<string> => ({
  read: ([first]) => (first ?? fallback).slice(0, LONGEST),
  write: (value) => (value === fallback ? [] : [value]),
})

/** One of the given values; anything else is the fallback. */
export const oneOf = <T extends string>(values: readonly T[], fallback: T): Param<T> => ({
  read: ([first]) => values.find((value) => value === first) ?? fallback,
  write: (value) => (value === fallback ? [] : [value]),
})

/** Any of the given values, each at most once, in the order of the table. */
export const someOf = <T extends string>(values: readonly T[]): Param<readonly T[]> => ({
  read: (raw) => values.filter((value) => raw.includes(value)),
  write: (value) => value,
})

export const flag: Param<boolean> = {
  read: ([first]) => first === 'true',
  write: (value) => (value ? ['true'] : []),
}

/** A whole number from 0; nonsense is 0. */
export const whole: Param<number> = {
  read: ([first]) => (first !== undefined && /^\d{1,9}$/.test(first) ? Number(first) : 0),
  write: (value) => (value === 0 ? [] : [String(value)]),
}

/** An ISO time, or empty. */
export const time: Param<string> = {
  read: ([first]) => (first !== undefined && !Number.isNaN(Date.parse(first)) ? first : ''),
  write: (value) => (value === '' ? [] : [value]),
}

export type Spec<Values> = { readonly [Key in keyof Values]: Param<Values[Key]> }

type RawQuery = Readonly<Record<string, string | null | readonly (string | null)[] | undefined>>

/** The page's parameters out of the address; unknown ones are left alone, wrong ones fall back. */
export function readQuery<Values>(spec: Spec<Values>, query: RawQuery): Values {
  const values: Partial<Values> = {}
  for (const name of Object.keys(spec) as (keyof Values & string)[]) {
    const raw = query[name]
    const list = (Array.isArray(raw) ? raw : [raw]).filter((item): item is string => typeof item === 'string')
    values[name] = spec[name].read(list)
  }
  return values as Values
}

/** The shortest address that gives these values back: what equals the default is left out. */
export function writeQuery<Values>(spec: Spec<Values>, values: Values): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const name of Object.keys(spec) as (keyof Values & string)[]) {
    const list = spec[name].write(values[name])
    if (list.length === 1) query[name] = list[0]!
    else if (list.length > 1) query[name] = [...list]
  }
  return query
}
