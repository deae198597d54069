/** Words that are no key names unless escaped with `#`. Case does not matter. Source: Predicate Format String Syntax. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'AND OR IN NOT ALL ANY SOME NONE LIKE CASEINSENSITIVE CI MATCHES CONTAINS BEGINSWITH ENDSWITH BETWEEN NULL NIL SELF ' +
    'TRUE YES FALSE NO FIRST LAST SIZE ANYKEY SUBQUERY FETCH CAST TRUEPREDICATE FALSEPREDICATE UTI-CONFORMS-TO UTI-EQUALS'
  ).split(' '),
)

/** Words that are keywords only in their place (`FUNCTION(`, `a UNION b`), but that the printer escapes all the same. */
export const contextualWords: ReadonlySet<string> = new Set(
  'APPLY FUNCTION INTERSECT INTERSECTION MINUS TERNARY TOKENMATCHES UNION'.split(' '),
)
