import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { vuetifyFor } from '@/theme/vuetify'
import ActionButton from '@/parts/ActionButton.vue'
import Timeline from '@/timeline/Timeline.vue'
import DataTable from '@/table/DataTable.vue'
import SignInForm from '@/session/SignInForm.vue'
import StateWord from '@/words/StateWord.vue'
import KnownValue from '@/device/KnownValue.vue'
import { routes, safeReturn } from '@/router'

const mounted: VueWrapper[] = []
function plugins() {
  const router = createRouter({ history: createMemoryHistory(), routes })
  return [router, vuetifyFor('light'), [VueQueryPlugin, { queryClient: new QueryClient() }] as const] as never
}
function show(component: never, options: object) {
  const wrapper = mount(component, { attachTo: document.body, global: { plugins: plugins() }, ...options })
  mounted.push(wrapper)
  return wrapper
}
afterEach(() => {
  for (const wrapper of mounted.splice(0)) wrapper.unmount()
  vi.unstubAllGlobals()
})

const hostile = '<img src=x onerror="globalThis.hacked=1"><b>bold</b> \u202Eevil'

describe('device text', () => {
  it('is only ever text', () => {
    const value = show(KnownValue as never, { props: { known: { value: hostile, at: '2026-11-22T10:00:00Z', origin: 'read' } } })
    expect(value.find('img, b').exists()).toBe(false)
    expect(value.text()).toContain('<img src=x')
    const steps = show(Timeline as never, { props: { steps: [{ at: '2026-11-22T10:00:00Z', step: 'refused', text: hostile, code: hostile, exchange: hostile }] } })
    expect(steps.findAll('img, b')).toHaveLength(0)
  })
})

describe('a state', () => {
  it('has a sign and a word', () => {
    const state = show(StateWord as never, { props: { kind: 'devicePresence', word: 'Asleep' } })
    expect(state.text()).toBe('Asleep')
    expect(state.find('svg').exists()).toBe(true)
  })
})

describe('a button that may not be used', () => {
  it('can be reached, says why, and does nothing', async () => {
    const act = vi.fn()
    const button = show(ActionButton as never, { props: { label: 'Delete', why: 'Your role may not do this.', onAct: act } })
    const element = button.get('button')
    expect(element.attributes('disabled')).toBeUndefined()
    expect(element.attributes('aria-disabled')).toBe('true')
    expect(element.attributes('aria-description')).toBe('Your role may not do this.')
    await element.trigger('click')
    expect(act).not.toHaveBeenCalled()
  })
})

describe('a table', () => {
  const rows = Array.from({ length: 5 }, (_, id) => ({ id: String(id), name: `row ${id}` }))
  const columns = [{ key: 'name', title: 'Name', width: 100, sortable: true, text: (row: { name: string }) => row.name }]
  const props = { caption: 'Things', columns, rows, rowKey: (row: { id: string }) => row.id, rowName: (row: { name: string }) => row.name, sort: 'name', selectable: true, selected: new Set<string>() }

  it('sorts the other way when the heading is pressed again', async () => {
    const table = show(DataTable as never, { props })
    expect(table.get('th[aria-sort]').attributes('aria-sort')).toBe('ascending')
    await table.get('th button').trigger('click')
    expect(table.emitted('sort')).toEqual([['-name']])
  })

  it('selects a range with the shift key', async () => {
    const table = show(DataTable as never, { props })
    await table.get('input[aria-label="Select row 1"]').trigger('click')
    const first = table.emitted('update:selected')?.[0]?.[0] as Set<string>
    await table.setProps({ selected: first } as never)
    await table.get('input[aria-label="Select row 3"]').trigger('click', { shiftKey: true })
    expect([...(table.emitted('update:selected')?.[1]?.[0] as Set<string>)]).toEqual(['1', '2', '3'])
  })

  it('says why it is empty', () => {
    const table = show(DataTable as never, { props: { ...props, rows: [] }, slots: { empty: () => h('p', 'Nothing matches') } })
    expect(table.text()).toContain('Nothing matches')
  })
})

describe('signing in', () => {
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }))
  async function tryIt(form: VueWrapper) {
    await form.get('input[name="username"]').setValue('olivia')
    await form.get('input[name="password"]').setValue('wrong')
    await form.get('form').trigger('submit')
    await new Promise((resolve) => setTimeout(resolve))
    await nextTick()
  }

  it('keeps the name, says what was wrong', async () => {
    answer(401, { code: 'SIGN_IN_FAILED', message: 'User name or password is wrong.' })
    const form = show(SignInForm as never, {})
    await tryIt(form)
    expect(form.get('.problem[role="alert"]').text()).toContain('User name or password is wrong.')
    expect((form.get('input[name="username"]').element as HTMLInputElement).value).toBe('olivia')
    expect(form.emitted('signedIn')).toBeUndefined()
  })

  it('waits as long as the server says', async () => {
    answer(429, { code: 'TOO_MANY_ATTEMPTS', message: 'Slow down.', details: { retryAfterSeconds: 12 } })
    const form = show(SignInForm as never, {})
    await tryIt(form)
    expect(form.text()).toContain('Try again in 12 s')
  })

  it('returns only to a page of this console', () => {
    expect(safeReturn('/devices?q=a')).toBe('/devices?q=a')
    for (const trap of ['//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in', undefined, ['/x']]) {
      expect(safeReturn(trap)).toBe('/')
    }
  })
})
