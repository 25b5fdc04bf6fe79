import { computed, readonly, ref, shallowRef } from 'vue'
import { onSignedOut, useCsrfToken } from '@/api/client'
import type { Permission, Session } from '@/api/types'
import { codeOf } from '@/api/problem'
import { useReachability } from '@/live/reachability'
import { rolesWith } from './permissions'
import { sessionApi } from './sessionApi'

const session = shallowRef<Session>()
const expired = ref(false)

function begin(next: Session): void {
  session.value = next
  useCsrfToken(next.csrfToken)
  expired.value = false
}

function end(): void {
  session.value = undefined
  expired.value = false
  useCsrfToken(undefined)
}

/** Nobody is signed in any more: the page stays as it is, a dialog asks to sign in again. */
function lapse(): void {
  if (session.value) expired.value = true
}
onSignedOut(lapse)

/** Looks whether this browser is signed in already. */
async function restore(): Promise<boolean> {
  try {
    begin(await sessionApi.current())
    return true
  } catch (error) {
    if (codeOf(error) === 'NOT_SIGNED_IN') return false
    throw error
  }
}

export const sessionStore = { session: readonly(session), restore, begin, end, lapse }

/** Who is signed in, whether the session has lapsed, and what this person may do. */
export function useSession() {
  return { session: readonly(session), expired: readonly(expired), begin, end, lapse, restore }
}

export interface May {
  readonly allowed: boolean
  /** Why a button is disabled; empty when it isn't. */
  readonly why: string
}

/** Whether a button is usable now: needs the permission and a server that answers. Says who may otherwise. */
export function useMay(permission: Permission) {
  const { reachable } = useReachability()
  return computed<May>(() => {
    if (!(session.value?.permissions ?? []).includes(permission)) {
      return { allowed: false, why: `Your role may not do this; ${rolesWith(permission)} may.` }
    }
    if (!reachable.value) return { allowed: false, why: 'The server cannot be reached now.' }
    return { allowed: true, why: '' }
  })
}
