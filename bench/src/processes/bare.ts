import { fastify } from 'fastify'
import { answerQuestions } from './answer-questions.ts'

/** Answers of the sizes that are asked for, from memory, and nothing else: what the HTTP framework costs by itself. */
const sizes = JSON.parse(process.argv[2] ?? '[]') as readonly number[]
const app = fastify({ logger: false })
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
for (const size of sizes) {
  const answer = Buffer.alloc(size, 'x')
  app.put(`/${size}`, async (_request, reply) => reply.type('application/json').send(answer))
}
const url = await app.listen({ host: '127.0.0.1', port: 0 })
answerQuestions(url, () => app.close())
