/** Imports the catalogue and uses it, in a process that has done nothing before, and says in milliseconds what the use took. */
const { commandPayload, commands, declarationPayload, declarationTypes, statusItems, statusItemValue } = await import(
  '@edict/catalogue'
)
const imported = performance.now()
declarationPayload('com.apple.configuration.passcode.settings')
const used = performance.now()
for (const type of declarationTypes.keys()) declarationPayload(type)
for (const name of statusItems.keys()) statusItemValue(name)
for (const name of commands.keys()) commandPayload(name)
const usedAll = performance.now()
console.log(JSON.stringify({ first: used - imported, all: usedAll - used }))
