import type { ApiError, ErrorCode } from './types'

/** What the API answers instead of a result, or UNREACHABLE when there was no answer at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'

  constructor(
    readonly code: ErrorCode | 'UNREACHABLE',
    message: string,
    readonly status: number,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

/** Reads an error body; anything that isn't one (a proxy's page, an empty body) becomes a plain INTERNAL problem. */
export function problemOf(body: unknown, status: number): ApiProblem {
  if (isApiError(body)) return new ApiProblem(body.code, body.message, status, body.details ?? {})
  return new ApiProblem('INTERNAL', `The server answered with status ${status} and no explanation.`, status)
}

function isApiError(body: unknown): body is ApiError {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'message' in body &&
    typeof body.message === 'string'
  )
}

/** The text to show for anything that was thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function codeOf(error: unknown): ErrorCode | 'UNREACHABLE' | undefined {
  return error instanceof ApiProblem ? error.code : undefined
}
