import { expect, it } from 'vitest'
import { parse } from '../parser/parse.ts'
import { barePaths, propertyNames, statusNames } from './names.ts'

it('statusNames and propertyNames give each name once, wherever it stands', () => {
  const tree = parse(
    'SUBQUERY(@status(mdm.app), $a, $a.@key(id) IN @property(ids)).@count > @property(least) ' +
      'AND TERNARY(@status(a-b.c) == 1, @status(mdm.app), {1})[@property(least)] != nil',
  )
  expect(statusNames(tree)).toEqual(['mdm.app', 'a-b.c'])
  expect(propertyNames(tree)).toEqual(['ids', 'least'])
})

it('barePaths gives each path of keys once, and no single key, dash or path of something else', () => {
  const tree = parse(
    'device.model.family == "iPad" AND (a.b == 1 AND device.model.family != c) AND ' +
      'SUBQUERY(x.y, $v, $v.z == p.q-r).@count > 0 AND @status(passcode.is-compliant) == TRUE',
  )
  expect(barePaths(tree)).toEqual(['device.model.family', 'a.b', 'x.y', 'p.q'])
})
