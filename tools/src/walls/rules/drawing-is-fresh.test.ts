import { expect, it } from 'vitest'
import { redraw } from '../drawing.ts'
import { said } from '../planted.ts'
import { rooms } from '../rooms.ts'
import { drawingIsFresh } from './drawing-is-fresh.ts'

const page = 'Before\n<!-- rooms -->\nold\n<!-- /rooms -->\nAfter\n'

it('refuses a table that differs from the rooms', () => {
  expect(said(drawingIsFresh, { 'ARCHITECTURE.md': page })).toEqual([
    expect.stringContaining('npm run walls -- --write'),
  ])
})

it('refuses a page without marks, and no page', () => {
  expect(said(drawingIsFresh, { 'ARCHITECTURE.md': 'Before\n' })).toEqual([
    expect.stringContaining('no <!-- rooms -->'),
  ])
  expect(said(drawingIsFresh, {})).toEqual([expect.stringContaining('is missing')])
})

it('accepts what was drawn, and drawing twice changes nothing', () => {
  const drawn = redraw(page, rooms)
  expect(said(drawingIsFresh, { 'ARCHITECTURE.md': drawn })).toEqual([])
  expect(redraw(drawn, rooms)).toBe(drawn)
  expect(drawn).toMatch(/^Before\n[\s\S]*`packages\/core`[\s\S]*\nAfter\n$/)
})
