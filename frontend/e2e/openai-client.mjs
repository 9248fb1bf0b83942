// Calls Witan through the npm client `openai`, unmodified; prints what it got as one line of JSON.
import OpenAI, { NotFoundError, AuthenticationError, BadRequestError } from 'openai';

const { BASE, KEY, MODEL } = process.env;
const options = { baseURL: `${BASE}/v1`, maxRetries: 0 };
const client = new OpenAI({ ...options, apiKey: KEY });
const messages = [{ role: 'user', content: 'from node' }];

async function streamed(body) {
  let text = '';
  let usage = null;
  let evidence = null;
  const stream = await client.chat.completions.create({ ...body, stream: true, stream_options: { include_usage: true } });
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    evidence = chunk.choices[0]?.delta?.witan ?? evidence;
    usage = chunk.usage ?? usage;
  }
  return { text, usage, evidence };
}

async function failure(call, kind) {
  try {
    await call();
    return 'none';
  } catch (error) {
    return error instanceof kind ? `${error.status} ${error.code} ${error.param}` : String(error);
  }
}

const chat = await client.chat.completions.create({ model: MODEL, messages, seed: 3 });
const knowledge = await client.chat.completions.create({ model: 'witan', messages: [{ role: 'user', content: process.env.QUESTION }] });
const completion = await client.completions.create({ model: MODEL, prompt: 'once upon', max_tokens: 2 });
const embeddings = await client.embeddings.create({ model: 'all-minilm-l6-v2-q', input: ['one', 'two'] });
const models = [];
for await (const model of client.models.list()) {
  models.push(model.id);
}
const controller = new AbortController();
const endless = await client.chat.completions.create(
  { model: MODEL, messages: [{ role: 'user', content: 'endless' }], stream: true },
  { signal: controller.signal },
);
for await (const chunk of endless) {
  if (chunk.choices[0].delta.content) {
    controller.abort();
    break;
  }
}

console.log(
  JSON.stringify({
    chat: chat.choices[0].message.content,
    finish: chat.choices[0].finish_reason,
    streamed: await streamed({ model: MODEL, messages }),
    knowledge: knowledge.choices[0].message,
    completion: completion.choices[0].text,
    dimensions: embeddings.data.map((it) => it.embedding.length),
    models,
    model: (await client.models.retrieve('all-minilm-l6-v2-q')).owned_by,
    unknownModel: await failure(() => client.chat.completions.create({ model: 'gpt-4', messages }), NotFoundError),
    wrongKey: await failure(() => new OpenAI({ ...options, apiKey: 'sk-x' }).models.list(), AuthenticationError),
    refused: await failure(() => client.chat.completions.create({ model: MODEL, messages, n: 2 }), BadRequestError),
  }),
);
