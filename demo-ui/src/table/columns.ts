import { computed } from 'vue'
import { remembered } from '@/parts/remembered'

/** One column of a table; the same definition makes the cards of narrow screens and the CSV file. */
export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** Least width in pixels; a column with `grow` takes what is left. */
  readonly width: number
  readonly grow?: boolean
  readonly end?: boolean
  readonly sortable?: boolean
  /** Always shown: what a row is called. */
  readonly fixed?: boolean
  readonly hidden?: boolean
  readonly text: (row: Row) => string
  /** For the file, where it says more than the screen (a full time instead of an age). */
  readonly csv?: (row: Row) => string
}

const isRecord = (value: unknown): value is Record<string, boolean> =>
  typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'boolean')

/** Which columns of a table are shown; a choice that differs from the default is remembered in this browser. */
export function useColumns<Row>(tableId: string, all: readonly Column<Row>[]) {
  const choice = remembered<Record<string, boolean>>(`columns.${tableId}`, {}, isRecord)
  const isShown = (column: Column<Row>) => column.fixed || (choice.value[column.key] ?? !column.hidden)
  return {
    all,
    shown: computed(() => all.filter(isShown)),
    isShown,
    toggle: (column: Column<Row>) => {
      choice.value = { ...choice.value, [column.key]: !isShown(column) }
    },
    reset: () => (choice.value = {}),
  }
}
