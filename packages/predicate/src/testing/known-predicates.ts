/** A predicate that somebody published or is likely to write, and what Edict makes of it. */
export interface KnownPredicate {
  readonly predicate: string
  readonly verdict: 'accepted' | 'warned' | 'refused'
  /** Of all problems, in the order of their places. */
  readonly codes: readonly string[]
}

const accepted = (predicate: string): KnownPredicate => ({ predicate, verdict: 'accepted', codes: [] })
const warned = (predicate: string, ...codes: readonly string[]): KnownPredicate => ({
  predicate,
  verdict: 'warned',
  codes,
})
const refused = (predicate: string, ...codes: readonly string[]): KnownPredicate => ({
  predicate,
  verdict: 'refused',
  codes,
})

/** Found in documentation, talks, tools and help pages for declarative management. */
export const publishedPredicates: readonly KnownPredicate[] = [
  accepted("(@status(device.model.family) == 'iPad')"),
  accepted("@status(device.model.family) == 'AppleTV'"),
  accepted(
    'SUBQUERY(@status(mdm.app), $app, ($app.@key(identifier) == "com.example.app") AND ($app.@key(state) == "managed") ).@count == 1',
  ),
  warned(
    'SUBQUERY(@status(app.managed.list), $app, ($app.@key(identifier) == "com.example.app") AND ($app.@key(state) == "managed")).@count != 0',
    'count-of-nothing',
  ),
  accepted('(@property(age) >= 18) AND ("Grade12" IN @property(roles))'),
  accepted('@status(device.identifier.serial-number) == "ABC-XYZ"'),
  warned(
    'SUBQUERY(@status(management.declarations.configurations), $declaration, ($declaration.@key(identifier) == "com.abc.declarationname" AND $declaration.@key(active) == true)).@count == 1',
    'self-reference',
  ),
  accepted('(@property(shard) <= 75)'),
  accepted("(@property(shard) <= 75) and @status(device.identifier.serial-number) beginswith 'ZYXW'"),
  warned('1==0', 'always-false'),
  accepted("ANY @property(jamf.device.groups) IN {'0A1B'}"),
  accepted("ANY @property(jamf.device.groups) IN {'0A1B'} AND @status(device.model.family) == 'iPad'"),
  warned("NONE @property(jamf.device.groups) IN {'0A1B', '2C3D'}", 'nil-sensitive'),
  accepted("@status(device.operating-system.family) == 'iPadOS'"),
  warned(
    "@status(device.operating-system.family) == 'iOS' AND @status(device.operating-system.version) >= '26.0'",
    'version-as-text',
  ),
  warned("@status(device.operating-system.version) >= '15.0'", 'version-as-text'),
  accepted('@status(passcode.is-present)==true'),
  accepted("@status(device.operating-system.version)=='18.2'"),
  warned("@status(device.operating-system.version)<'18.3'", 'version-as-text'),
  accepted('@status(diskmanagement.filevault.enabled)==true'),
  accepted("@property(userFirstName)=='test'"),
  refused('@status(passcode.is-present)==vrai', 'translated-word'),
  warned("@Property (UserFirstName)=='test'", 'term-spelling'),
]

/** Mistakes that are easy to make. */
export const traps: readonly KnownPredicate[] = [
  warned("@status(passcode.is-present) == 'true'", 'never-equal'),
  warned("@status(device.model.family) == 'Ipad'", 'value-not-listed'),
  warned('@status(passcode.is-compliant) != TRUE', 'nil-sensitive'),
  warned("NOT @property(team) == 'IT'", 'nil-sensitive'),
  warned("ALL @property(roles) == 'Lower'", 'nil-sensitive'),
  warned('@property(age) < 18 AND @property(age) >= 18', 'always-false'),
  warned("@status(device.model.family) != 'iPad' OR @status(device.model.family) != 'iPhone'", 'always-true'),
  warned("@property(name) MATCHES 'lab'", 'matches-as-search'),
  warned("@property(name) LIKE 'lab'", 'like-without-wildcard'),
  warned('@property(seats) / 2 > 3', 'integer-division'),
  warned('@status(device.model.family) == iPad', 'bare-key'),
  refused("@property(room) MATCHES '\\d+'", 'backslash-lost'),
  refused("@property(a) == 'x' AND @property(b) == 'y' OR @property(c) == 'z'", 'mixed-and-or'),
  refused("device.identifier.serial-number == 'ABC'", 'bare-status-path'),
  refused('@status(passcode.is-complaint) == TRUE', 'unknown-status-item'),
  refused("SUBQUERY(@status(mdm.app), $app, $app.@key(bundle) == 'x').@count > 0", 'item-key-unknown'),
  refused('@status(device.operating-system.version) >= 18', 'operand-type'),
  refused('@status(device.model.family) == “iPad”', 'quote-curly'),
  refused('@status(device.model.family) == \\"iPad\\"', 'character-unexpected'),
  refused("@property(team) NOT IN {'IT'}", 'syntax'),
  refused('@property(team) IS NULL', 'syntax'),
  refused('@status(device.model.family) == %@', 'argument-placeholder'),
]
