import type { ValueFacts } from './value-facts.ts'

/**
 * Looks payload tables up by name. A table is text until it is first asked for, which keeps the import cheap; the same
 * object is given ever after.
 */
export function readOnce(texts: { readonly [name: string]: string }): (name: string) => ValueFacts | undefined {
  const read = new Map<string, ValueFacts>()
  return (name) => {
    const before = read.get(name)
    if (before !== undefined) return before
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined
    if (text === undefined) return undefined
    const facts = parse(text)
    read.set(name, facts)
    return facts
  }
}

interface Tree {
  [key: string]: unknown
}

/** JSON cannot contain itself: `{"$same": [steps]}` stands for what is found by these steps from the top. */
function parse(text: string): ValueFacts {
  const top: Tree = JSON.parse(text)
  if (text.includes('"$same"')) close(top, top)
  return top as unknown as ValueFacts
}

function close(tree: Tree, top: Tree): void {
  for (const [key, inner] of Object.entries(tree)) {
    if (!isTree(inner)) continue
    if (Array.isArray(inner.$same)) tree[key] = inner.$same.reduce((place: Tree, step: string) => place[step], top)
    else close(inner, top)
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
