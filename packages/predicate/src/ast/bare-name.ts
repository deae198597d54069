import type { Expression } from './nodes.ts'

/** The dotted name that a bare path of keys spells, dashes (which read as subtraction) included; else undefined. */
export function bareName(node: Expression): string | undefined {
  switch (node.kind) {
    case 'key':
      return node.name
    case 'path': {
      const base = bareName(node.base)
      const keys = node.steps.map((step) => (step.kind === 'key' ? step.name : undefined))
      return base === undefined || keys.includes(undefined) ? undefined : [base, ...keys].join('.')
    }
    case 'arithmetic': {
      const left = node.operator === '-' ? bareName(node.left) : undefined
      const right = left === undefined ? undefined : bareName(node.right)
      return right === undefined ? undefined : `${left}-${right}`
    }
    default:
      return undefined
  }
}
