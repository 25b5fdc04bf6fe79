import type { CommandState, Job } from '@/api/types'
import { operationState, type Tone } from '@/words/words'

export interface Share {
  readonly state: CommandState
  readonly tone: Tone
  readonly count: number
  readonly percent: number
}

/** The states of a job's devices, in the order of the words, without those that nobody is in. */
export function sharesOf(job: Pick<Job, 'counts' | 'total'>): Share[] {
  const total = Math.max(1, job.total)
  return (Object.keys(operationState) as CommandState[])
    .map((state) => ({
      state,
      tone: operationState[state].tone,
      count: job.counts.find((entry) => entry.state === state)?.count ?? 0,
    }))
    .filter(({ count }) => count > 0)
    .map((share) => ({ ...share, percent: (100 * share.count) / total }))
}

/** How many devices have ended, one way or another. */
export function endedOf(job: Pick<Job, 'counts'>): number {
  return job.counts
    .filter(({ state }) => state !== 'Waiting' && state !== 'Working')
    .reduce((sum, { count }) => sum + count, 0)
}
