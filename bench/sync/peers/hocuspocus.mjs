// Hocuspocus with its SQLite extension, at its defaults: stores 2 s after the last edit, 10 s at most.
import { Server } from "@hocuspocus/server";
import { SQLite } from "@hocuspocus/extension-sqlite";

const { HOST, PORT, DATABASE } = process.env;

await new Server({
  address: HOST,
  port: Number(PORT),
  quiet: true,
  extensions: [new SQLite({ database: DATABASE })],
}).listen();
