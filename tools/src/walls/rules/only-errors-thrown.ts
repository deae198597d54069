import ts from 'typescript'
import type { Problem } from '../problem.ts'
import { problemAt, type Rule } from '../rule.ts'
import { walk } from '../walk.ts'

const name = 'only-errors-thrown'

/** What is thrown is an Error, so that it has a stack, a code and a sentence. */
export const onlyErrorsThrown: Rule = {
  name,
  check: (house) =>
    house.sources.flatMap((source) => {
      const found: Problem[] = []
      walk(source.syntax, (node) => {
        if (!ts.isThrowStatement(node) || !isLiteral(node.expression)) return
        const message = `Throw an Error with a code, a sentence and the evidence, not ${node.expression.getText(source.syntax)}. A refusal that the caller expects is returned, not thrown`
        found.push(problemAt(name, source, node, message))
      })
      return found
    }),
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return isLiteral(node.expression)
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.PlusToken
  return (
    ts.isLiteralExpression(node) ||
    ts.isTemplateExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  )
}
