import { expect, it } from 'vitest'
import { draftOf, passcode } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { typeInCatalogue } from './type-in-catalogue.ts'

it("warns of a type that Apple's schema does not have, and offers the nearest", () => {
  const misspelt = draftOf('x', 'com.apple.configuration.passcode.setings')
  expect(problemsOf(typeInCatalogue, misspelt)).toMatchObject([
    {
      code: 'type-unknown-to-catalogue',
      severity: 'warning',
      at: '/Type',
      remedy: 'perhaps com.apple.configuration.passcode.settings was meant',
    },
  ])
})

it('takes one that it has, and leaves those without a kind to another rule', () => {
  expect(problemsOf(typeInCatalogue, passcode('p'))).toEqual([])
  expect(problemsOf(typeInCatalogue, draftOf('x', 'com.example.thing'))).toEqual([])
})
