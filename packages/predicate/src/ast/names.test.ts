import { expect, it } from 'vitest'
import { parse } from '../parser/parse.ts'
import { propertyNames, statusNames } from './names.ts'

it('statusNames and propertyNames give each name once, wherever it stands', () => {
  const tree = parse(
    'SUBQUERY(@status(mdm.app), $a, $a.@key(id) IN @property(ids)).@count > @property(least) ' +
      'AND TERNARY(@status(a-b.c) == 1, @status(mdm.app), {1})[@property(least)] != nil',
  )
  expect(statusNames(tree)).toEqual(['mdm.app', 'a-b.c'])
  expect(propertyNames(tree)).toEqual(['ids', 'least'])
})
