import { codeRows } from './codes.ts'
import type { Finding, Report } from './finding.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** A report as SARIF 2.1.0, which services that show results of checks read. Every code that can be found is a rule. */
export function sarifOf({ files, findings }: Report, version: string): object {
  const ids = codeRows.map(({ code }) => code)
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'edict lint',
            semanticVersion: version,
            rules: codeRows.map(({ code, finds }) => ({ id: code, shortDescription: { text: sentence(finds) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: [...new Set(files.map(({ path }) => uriOf(path)))].map((uri) => ({ location: { uri } })),
        results: findings.map((finding) => resultOf(finding, ids)),
      },
    ],
  }
}

function resultOf(finding: Finding, ids: readonly string[]): object {
  const { path, place, code, severity, message, at, remedy } = finding
  const region = place === undefined ? {} : { region: { startLine: place.line, startColumn: place.column } }
  const logical = at === undefined || at === '' ? {} : { logicalLocations: [{ fullyQualifiedName: at }] }
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: severity,
    message: { text: remedy === undefined ? `${message}.` : `${message}. ${sentence(remedy)}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region }, ...logical }],
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** A path as a relative or file URI. */
function uriOf(path: string): string {
  const encoded = path.split(/[\\/]/).map(encodeURIComponent).join('/')
  if (path.startsWith('/')) return `file://${encoded}`
  return path === '-' ? 'stdin' : encoded
}
