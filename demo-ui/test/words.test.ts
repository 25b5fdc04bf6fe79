// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lookUp, say, wordsOf, type WordKind } from '@/words/words'

const contract = readFileSync('../leshan-server-ext/src/main/resources/org/omtpdm/server/api/openapi.yaml', 'utf8')

/** The values of an enumeration in the contract, found by the name of its schema. */
function enumeration(schema: string): string[] {
  const match = new RegExp(`^    ${schema}:[\\s\\S]*?enum: \\[([^\\]]*)\\]`, 'm').exec(contract)
  return (match?.[1] ?? '').split(',').map((word) => word.trim())
}

describe('words for states', () => {
  it.each<[WordKind, string]>([
    ['devicePresence', 'DeviceState'],
    ['operationState', 'CommandState'],
    ['jobState', 'JobState'],
  ])('%s are the words of the contract, and no other', (kind, schema) => {
    expect([...wordsOf(kind)].sort()).toEqual(enumeration(schema).sort())
  })

  it('attention items have the states of the contract', () => {
    expect(contract).toContain(`state: { type: string, enum: [${wordsOf('attentionState').join(', ')}] }`)
  })

  it('a word that is not in the table shows as it came, without colour', () => {
    expect(lookUp('devicePresence', 'Napping').tone).toBe('none')
    expect(lookUp('devicePresence', 'constructor').tone).toBe('none')
    expect(say('running')).toBe('Running')
  })

  it('no component spells a state of its own', () => {
    for (const word of ['Offline', 'Sleeping', 'Pending', 'Succeeded', 'Failed ']) {
      expect([...wordsOf('devicePresence'), ...wordsOf('operationState')]).not.toContain(word)
    }
  })
})
