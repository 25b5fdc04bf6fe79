import { onScopeDispose, ref, type Ref } from 'vue'
import { textOf } from '@/api/problem'
import type { Column } from './columns'
import { csvOf, download, everyRow } from './csv'

/** Makes a CSV file of every row that matches, not only of those on screen; one at a time. */
export function useExport<Row>(
  file: string,
  columns: Readonly<Ref<readonly Column<Row>[]>>,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<{ items: readonly Row[]; nextCursor?: string }>,
) {
  const exporting = ref<number>()
  const problem = ref('')
  const abort = new AbortController()
  onScopeDispose(() => abort.abort())
  async function run(): Promise<void> {
    if (exporting.value !== undefined) return
    exporting.value = 0
    problem.value = ''
    try {
      const rows = await everyRow<Row>(load, abort.signal, (loaded) => (exporting.value = loaded))
      download(file, csvOf(columns.value, rows))
    } catch (failure) {
      if (!abort.signal.aborted) problem.value = `The CSV file could not be made: ${textOf(failure)}`
    } finally {
      exporting.value = undefined
    }
  }
  return { exporting, problem, run }
}
