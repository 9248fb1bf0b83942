// Functions and structured output through the npm client `openai` and its helpers, unmodified; prints what it got as
// one line of JSON.
import OpenAI, { BadRequestError } from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const { BASE, KEY, MODEL } = process.env;
const client = new OpenAI({ baseURL: `${BASE}/v1`, apiKey: KEY, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Weather in Ulm?' }];
const common = { model: MODEL, messages, seed: 11, max_completion_tokens: 600, parallel_tool_calls: false };
const parameters = {
  type: 'object',
  properties: { days: { type: 'integer', minimum: 1, maximum: 9 }, unit: { enum: ['C', 'F'] } },
  required: ['days', 'unit'],
  additionalProperties: false,
};
const forecast = { type: 'function', function: { name: 'forecast', description: 'Weather, soon', parameters } };
const required = { ...common, tools: [forecast], tool_choice: 'required' };

const whole = await client.chat.completions.create(required);
const call = whole.choices[0].message.tool_calls[0];

const runner = client.chat.completions.stream(required);
const streamed = await runner.finalChatCompletion();

const Forecast = z.object({ days: z.number().int(), unit: z.enum(['C', 'F']) });
const parsed = await client.chat.completions.parse({
  ...common,
  tools: [zodFunction({ name: 'forecast', parameters: Forecast })],
  tool_choice: 'required',
});

let ran = null;
const running = client.chat.completions.runTools({
  ...common,
  tools: [
    zodFunction({
      name: 'forecast',
      parameters: Forecast,
      function: (given) => {
        ran = given;
        return 'rain';
      },
    }),
  ],
  tool_choice: { type: 'function', function: { name: 'forecast' } },
});
await running.done();

const structured = await client.chat.completions.parse({
  model: MODEL,
  messages,
  seed: 12,
  response_format: zodResponseFormat(z.object({ place: z.string().max(12), dry: z.boolean() }), 'place'),
});
const object = await client.chat.completions.create({
  model: MODEL,
  messages,
  seed: 12,
  response_format: { type: 'json_schema', json_schema: { name: 'any', schema: parameters } },
});

let refused = 'none';
try {
  await client.chat.completions.create({ model: MODEL, messages, tool_choice: 'required' });
} catch (error) {
  refused = error instanceof BadRequestError ? `${error.status} ${error.code} ${error.param}` : String(error);
}

console.log(
  JSON.stringify({
    finish: whole.choices[0].finish_reason,
    content: whole.choices[0].message.content,
    name: call.function.name,
    arguments: JSON.parse(call.function.arguments),
    streamed: JSON.parse(streamed.choices[0].message.tool_calls[0].function.arguments),
    streamedFinish: streamed.choices[0].finish_reason,
    parsed: parsed.choices[0].message.tool_calls[0].function.parsed_arguments,
    ran,
    structured: structured.choices[0].message.parsed,
    object: JSON.parse(object.choices[0].message.content),
    refused,
  }),
);
