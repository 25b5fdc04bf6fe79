/** Rules of a table that refreshes itself: what a device may be asked without an operator pressing a button. */
export const LIVE_EVERY = 5000
export const LIVE_FOR = 5 * 60_000

export type LiveStep = 'ask' | 'wait' | 'stop'

export interface LiveSituation {
  readonly now: number
  readonly since: number
  readonly lastAsked: number
  readonly visible: boolean
  readonly listing: boolean
}

/** Only while visible, at most every 5 s, never while another listing is under way, for 5 minutes. */
export function liveStep({ now, since, lastAsked, visible, listing }: LiveSituation): LiveStep {
  if (now - since >= LIVE_FOR) return 'stop'
  if (!visible || listing || now - lastAsked < LIVE_EVERY) return 'wait'
  return 'ask'
}
