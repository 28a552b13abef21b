// Node `ws` as its documentation does a broadcast: `client.send` to every open client. node_ws.js BYTES-OF-A-TURN BYTES-AT-HELLO
const { WebSocketServer, WebSocket } = require("ws");

const filled = (text, size) => text + " ".repeat(Math.max(0, size - text.length));
const [turn, hello] = [filled('"turned"', +process.argv[2]), filled('"hello"', +process.argv[3])];
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
    for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(turn);
  });
});
