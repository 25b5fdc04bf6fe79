import type { AttentionState, CommandState, DeviceState, JobState } from '@/api/types'

/**
 * The one table of words for states. The API sends the same words; nothing in the console spells a state otherwise.
 * `oma` is the OMA DM word where an OMA DM reader would look for another one.
 */
export type Tone = 'ok' | 'working' | 'waiting' | 'attention' | 'failed' | 'none'

export interface Word {
  readonly tone: Tone
  readonly meaning: string
  readonly oma?: string
}

export const devicePresence = {
  Online: { tone: 'ok', meaning: 'Registered, and either always reachable or within its awake time; heard within its lifetime.' },
  Asleep: { tone: 'waiting', meaning: 'Registered in queue mode, awake time over, next wake-up not overdue. Work is kept until then.' },
  Overdue: { tone: 'attention', meaning: 'Missed its expected contact by more than a quarter of the interval; its registration is still valid.' },
  Silent: { tone: 'failed', meaning: 'Its registration has expired: it has not been heard from for longer than it promised.' },
  'Never seen': { tone: 'none', meaning: 'Known by name or credential, but it has never registered.' },
  Refused: { tone: 'failed', meaning: 'Tried to connect or register and was turned away; the reason is kept.' },
  'Out of service': { tone: 'none', meaning: 'Managed, but raises no attention and is not counted.' },
  Retired: { tone: 'none', meaning: 'Credentials revoked and intentions dropped; its history is kept.' },
} as const satisfies Record<DeviceState, Word>

export const operationState = {
  Waiting: { tone: 'waiting', meaning: 'Kept by the server until its turn comes or the device wakes up.', oma: 'Pending command' },
  Working: { tone: 'working', meaning: 'Sent to the device; its outcome is awaited.' },
  Done: { tone: 'ok', meaning: 'The device did it and said so.', oma: 'Status 200' },
  'Refused by the device': { tone: 'failed', meaning: 'The device answered no; its words are shown.', oma: 'Status 4xx/5xx' },
  'No answer': { tone: 'failed', meaning: 'The device did not answer in time; it may be tried again.' },
  Unknown: { tone: 'attention', meaning: 'Sent, but the outcome can be neither proved nor safely repeated.' },
  Cancelled: { tone: 'none', meaning: 'Withdrawn before it was sent.' },
  Expired: { tone: 'attention', meaning: 'Not sent in time; it will not be sent any more.' },
} as const satisfies Record<CommandState, Word>

/** Attention items and jobs: the API's value, said with a capital letter. */
export const attentionState = {
  open: { tone: 'attention', meaning: 'Nobody has taken it on yet.' },
  acknowledged: { tone: 'working', meaning: 'Somebody has taken it on; it resolves by itself when the cause is gone.' },
  snoozed: { tone: 'waiting', meaning: 'Out of sight until the time chosen.' },
  resolved: { tone: 'ok', meaning: 'The cause is gone, or a person closed it.' },
} as const satisfies Record<AttentionState, Word>

export const jobState = {
  running: { tone: 'working', meaning: 'Some devices are still to end.' },
  finished: { tone: 'ok', meaning: 'Every device has ended.' },
  cancelled: { tone: 'none', meaning: 'What had not been sent was withdrawn.' },
} as const satisfies Record<JobState, Word>

const tables = { devicePresence, operationState, attentionState, jobState } as const

export type WordKind = keyof typeof tables

/** The words of one kind, in the order they are offered in filters. */
export function wordsOf(kind: WordKind): readonly string[] {
  return Object.keys(tables[kind])
}

/** What is shown for an API value: the same word, beginning with a capital letter. */
export function say(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1)
}

/** The word's tone and meaning; a word the table doesn't know is shown as it came, without colour. */
export function lookUp(kind: WordKind, word: string): Word {
  const table: Readonly<Record<string, Word>> = tables[kind]
  return Object.hasOwn(table, word) ? table[word]! : { tone: 'none', meaning: 'This console does not know the word.' }
}
