import createClient from 'openapi-fetch'
import { reachability } from '@/live/reachability'
import { problemOf, ApiProblem } from './problem'
import type { paths } from './schema'

let csrfToken: string | undefined
const signedOut = new Set<() => void>()

/** The token that every changing request carries; comes with the session. */
export function useCsrfToken(token: string | undefined): void {
  csrfToken = token
}

/** Told when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): void {
  signedOut.add(listener)
}

/** One key for one intention, so that a repeated click or a lost answer starts the work once. */
export function intention(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`
}

/** Calls the server; a missing answer is told to the reachability light and becomes UNREACHABLE. */
async function send(request: Request): Promise<Response> {
  let response: Response
  try {
    response = await fetch(request)
  } catch (error) {
    if (request.signal.aborted || (error instanceof DOMException && error.name === 'AbortError')) throw error
    reachability.failed()
    throw new ApiProblem('UNREACHABLE', 'The server cannot be reached.', 0)
  }
  if (response.status === 502 || response.status === 504) {
    reachability.failed()
    throw new ApiProblem('UNREACHABLE', 'The server cannot be reached.', response.status)
  }
  reachability.succeeded()
  return response
}

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  fetch: send,
  credentials: 'same-origin',
})

api.use({
  onRequest({ request }) {
    if (csrfToken !== undefined && !['GET', 'HEAD'].includes(request.method)) {
      request.headers.set('X-CSRF-Token', csrfToken)
    }
    return request
  },
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The result, or the problem as an exception. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  const problem = problemOf(error, response.status)
  if (problem.code === 'NOT_SIGNED_IN') for (const listener of signedOut) listener()
  throw problem
}
