import { answer, api } from '@/api/client'
import type { Job, JobPage, JobPreview, JobState, NewJob } from '@/api/types'

export interface JobQuery {
  state?: JobState
  limit?: number
  cursor?: string
}

export const jobsApi = {
  list: (query: JobQuery, signal?: AbortSignal): Promise<JobPage> =>
    answer(api.GET('/api/v1/jobs', { params: { query }, ...(signal && { signal }) })),
  get: (jobId: string, signal?: AbortSignal): Promise<Job> =>
    answer(api.GET('/api/v1/jobs/{jobId}', { params: { path: { jobId } }, ...(signal && { signal }) })),
  preview: (job: NewJob, signal?: AbortSignal): Promise<JobPreview> =>
    answer(api.POST('/api/v1/jobs/preview', { body: job, ...(signal && { signal }) })),
  create: (job: NewJob, key: string): Promise<Job> =>
    answer(api.POST('/api/v1/jobs', { params: { header: { 'Idempotency-Key': key } }, body: job })),
  cancel: (jobId: string): Promise<Job> =>
    answer(api.POST('/api/v1/jobs/{jobId}/cancel', { params: { path: { jobId } } })),
  retry: (jobId: string, cause?: string): Promise<Job> =>
    answer(
      api.POST('/api/v1/jobs/{jobId}/retry', {
        params: { path: { jobId } },
        body: cause === undefined ? {} : { cause },
      }),
    ),
}
