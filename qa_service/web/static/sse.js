/** Reads server-sent events from the body of a fetch response, which EventSource cannot do for a POST. */

/** Yield `{ name, data }` for each event, `data` being parsed JSON; comments are passed over. */
export async function* readEvents(body) {
  let rest = "";
  for await (const text of decoded(body)) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    yield* blocks.map(parseEvent).filter((event) => event !== null);
  }
}

async function* decoded(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parseEvent(block) {
  const lines = block.split("\n");
  const valueOf = (field) => lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
  const data = valueOf("data");
  return data === undefined ? null : { name: valueOf("event"), data: JSON.parse(data) };
}
