import type { Role } from '@/api/types'

export interface UserForm {
  username: string
  displayName: string
  password: string
  roles: Role[]
}

/** What is wrong with a user's form; the password may stay empty when an existing user keeps his. */
export function userProblems(form: UserForm, isNew: boolean): Partial<Record<keyof UserForm, string>> {
  const problems: Partial<Record<keyof UserForm, string>> = {}
  if (isNew && !/^[A-Za-z0-9._@-]{1,100}$/.test(form.username)) {
    problems.username = 'Letters, digits and . _ @ - only, at most 100.'
  }
  if ((isNew || form.password !== '') && form.password.length < 10) {
    problems.password = 'A password has at least 10 characters.'
  }
  if (form.roles.length === 0) problems.roles = 'At least one role.'
  return problems
}

export interface TokenForm {
  name: string
  roles: Role[]
  /** Date in the viewer's zone as the browser's date field gives it, or empty for no end. */
  lastDay: string
}

export function tokenProblems(form: TokenForm, now: Date): Partial<Record<keyof TokenForm, string>> {
  const problems: Partial<Record<keyof TokenForm, string>> = {}
  const name = form.name.trim()
  if (name === '' || name.length > 100) problems.name = 'What the token is for, at most 100 characters.'
  if (form.roles.length === 0) problems.roles = 'At least one role.'
  if (form.lastDay !== '') {
    const end = endOfDay(form.lastDay)
    if (end === undefined) problems.lastDay = 'Not a date.'
    else if (end <= now) problems.lastDay = 'This day is over.'
  }
  return problems
}

/** The last instant of a day in the viewer's zone. */
export function endOfDay(day: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return undefined
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const end = new Date(year, month - 1, date, 23, 59, 59)
  return end.getMonth() === month - 1 && end.getDate() === date ? end : undefined
}

export interface CredentialForm {
  endpoint: string
  pskIdentity: string
  pskKey: string
  ownKey: boolean
}

export function credentialProblems(form: CredentialForm): Partial<Record<keyof CredentialForm, string>> {
  const problems: Partial<Record<keyof CredentialForm, string>> = {}
  if (form.endpoint.trim() === '') problems.endpoint = 'The endpoint client name that the key belongs to.'
  if (form.ownKey && !/^([0-9a-fA-F]{2}){16,64}$/.test(form.pskKey.replaceAll(/\s/g, ''))) {
    problems.pskKey = 'Hexadecimal, 16 to 64 bytes: 32 to 128 digits, an even number of them.'
  }
  return problems
}
