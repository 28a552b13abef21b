// Node `ws` as its documentation does a broadcast: `client.send` to every open client. node_ws.js BYTES-OF-A-TURN BYTES-AT-HELLO [FILE]
// With a FILE each turn is appended to it and on the disk before it is sent.
const fs = require("fs");
const { WebSocketServer, WebSocket } = require("ws");

const filled = (text, size) => text + " ".repeat(Math.max(0, size - text.length));
const [turn, hello] = [filled('"turned"', +process.argv[2]), filled('"hello"', +process.argv[3])];
const kept = process.argv[4] && fs.openSync(process.argv[4], "a");
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 }, () => {
  console.log(server.address().port);
});
server.on("connection", (socket) => {
  let greeted = +process.argv[3] === 0;
  socket.on("message", () => {
    if (!greeted) {
      greeted = true;
      socket.send(hello);
      return;
    }
    if (kept) {
      fs.writeSync(kept, turn);
      fs.fdatasyncSync(kept);
    }
    for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(turn);
  });
});
