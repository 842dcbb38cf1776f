// Reads recordings with @mcap/core and protobufjs, which know nothing of this program, and prints what they found as JSON.
// node read.mjs indexed FILE: schema, metadata, statistics, and every field of every message as the bits of its numbers.
// node read.mjs stream FILE...: how many messages the streaming reader finds in each file, from its beginning, without an index.
import { open, readFile } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import Long from "long";
import protobuf from "protobufjs";
import "protobufjs/ext/descriptor.js";

protobuf.util.Long = Long;
protobuf.configure();

async function indexed(path) {
  const handle = await open(path);
  const size = BigInt((await handle.stat()).size);
  const readable = {
    size: async () => size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(Number(length));
      await handle.read(bytes, 0, bytes.length, Number(offset));
      return bytes;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const [channel] = reader.channelsById.values();
  const schema = reader.schemasById.get(channel.schemaId);
  const root = protobuf.Root.fromDescriptor(schema.data);
  const type = root.lookupType(schema.name);
  const messages = [];
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    messages.push({
      sequence: message.sequence,
      time: String(message.logTime),
      fields: Object.fromEntries(type.fieldsArray.map((field) => [field.name, bitsOf(field, type.decode(message.data)[field.name])])),
    });
  }
  const metadata = {};
  for await (const record of reader.readMetadata()) metadata[record.name] = Object.fromEntries(record.metadata);
  await handle.close();
  return {
    header: reader.header,
    topic: channel.topic,
    messageEncoding: channel.messageEncoding,
    schema: schema.name,
    schemaEncoding: schema.encoding,
    units: Object.fromEntries(channel.metadata),
    metadata,
    messageCount: String(reader.statistics.messageCount),
    chunkCount: reader.statistics.chunkCount,
    indexedChunks: reader.chunkIndexes.length,
    messages,
  };
}

/** Numbers as decimal text of their 64 bits, or of the whole number; what is no number, whose bits JavaScript does not keep, as NaN. */
function bitsOf(field, value) {
  if (Array.isArray(value)) return value.map((one) => bitsOf(field, one));
  if (field.type === "double") {
    if (Number.isNaN(value)) return "NaN";
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return String(view.getBigInt64(0));
  }
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}

async function stream(path) {
  const reader = new McapStreamReader();
  reader.append(await readFile(path));
  let messages = 0;
  for (let record; (record = reader.nextRecord()); ) messages += record.type === "Message" ? 1 : 0;
  return { messages, done: reader.done() };
}

const [mode, ...paths] = process.argv.slice(2);
const result = mode === "indexed" ? await indexed(paths[0]) : await Promise.all(paths.map(stream));
console.log(JSON.stringify(result));
