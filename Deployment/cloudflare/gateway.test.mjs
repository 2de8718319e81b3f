// Run with: node --test Deployment/cloudflare
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { readFileSync } from "node:fs";

// A Worker is a module whatever its file is called; Node goes by the name.
const source = readFileSync(new URL("./gateway.js", import.meta.url));
const { default: gateway } = await import(`data:text/javascript;base64,${source.toString("base64")}`);

// An endpoint that answers as it is told, one answer for each request, the last one again and again.
async function endpoint(t, ...answers) {
  const requests = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      if (answer === "reset") return request.socket.destroy();
      response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
      response.end(answer.body ?? "{}");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return { address: `http://127.0.0.1:${server.address().port}`, requests };
}

const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "add" } };
const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };

function post(message, path = "/api/mcp/memory", headers = {}) {
  return new Request(`https://gateway.test${path}`, {
    method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(message),
  });
}

const settings = (...endpoints) => ({
  ENDPOINTS: endpoints.map((one) => one.address).join(","), RUNPOD_API_KEY: "rpa", PAUSE_MS: "1",
});

test("a path becomes the server's, RunPod's key opens the door, and the caller's credential goes along beside it", async (t) => {
  const one = await endpoint(t, { body: '{"ok":true}', headers: { "x-runpod-worker-id": "w1" } });
  const answer = await gateway.fetch(post(call, "/api/mcp/memory?x=1", { authorization: "Bearer mine", "x-runpod-worker-id": "w1" }), settings(one));
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { ok: true });
  assert.equal(answer.headers.get("x-runpod-worker-id"), "w1");
  const [request] = one.requests;
  assert.equal(request.url, "/mcp/memory?x=1");
  assert.equal(request.headers.authorization, "Bearer rpa");
  assert.equal(request.headers["x-roost-authorization"], "Bearer mine");
  assert.equal(request.headers["x-runpod-worker-id"], "w1");
  assert.deepEqual(JSON.parse(request.body), call);
});

test("no worker, a draining one, a full queue: the next endpoint is asked, also for a call", async (t) => {
  for (const refusal of [{ status: 400, body: '{"error":"no workers available"}' }, { status: 503 }, { status: 429 }]) {
    const first = await endpoint(t, refusal), second = await endpoint(t, { body: '{"from":2}' });
    const answer = await gateway.fetch(post(call), settings(first, second));
    assert.deepEqual(await answer.json(), { from: 2 });
    assert.equal(first.requests.length, 1);
  }
});

test("an endpoint that is not there is passed over", async (t) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gone = { address: `http://127.0.0.1:${server.address().port}` }, second = await endpoint(t, {});
  await new Promise((resolve) => server.close(resolve));
  assert.equal((await gateway.fetch(post(call), settings(gone, second))).status, 200);
});

test("a call that may have been worked on is not sent again; a question that only reads is", async (t) => {
  for (const fault of ["reset", { status: 502 }, { status: 524 }]) {
    const first = await endpoint(t, fault), second = await endpoint(t, {});
    assert.ok((await gateway.fetch(post(call), settings(first, second))).status >= 500);
    assert.equal(second.requests.length, 0);
    const third = await endpoint(t, fault);
    assert.equal((await gateway.fetch(post(list), settings(third, second))).status, 200);
  }
});

test("after all rounds the client hears why, and when to come again", async (t) => {
  const one = await endpoint(t, { status: 503, body: "draining", headers: { "retry-after": "0" } });
  const answer = await gateway.fetch(post(call), { ...settings(one), ROUNDS: "2" });
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /draining/);
  assert.ok(answer.headers.has("retry-after"));
  assert.equal(one.requests.length, 2);
});

test("a second round finds an endpoint that was asleep", async (t) => {
  const one = await endpoint(t, { status: 400, body: "timed out waiting for worker" }, { body: '{"awake":true}' });
  assert.deepEqual(await (await gateway.fetch(post(call), settings(one))).json(), { awake: true });
});

test("another 400 is the server's own and goes to the client", async (t) => {
  const one = await endpoint(t, { status: 400, body: '{"error":{"code":-32602}}' });
  const answer = await gateway.fetch(post(call), settings(one));
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /-32602/);
  assert.equal(one.requests.length, 1);
});

test("streams go through as they come", async (t) => {
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\n\n");
    request.on("close", () => response.end());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const answer = await gateway.fetch(post(call), settings({ address: `http://127.0.0.1:${server.address().port}` }));
  const reader = answer.body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "data: 1\n\n");
  await reader.cancel();
});

test("with keys of its own nobody else comes in, and the key goes no further", async (t) => {
  const one = await endpoint(t, {});
  const env = { ...settings(one), GATEWAY_KEYS: "k1, k2" };
  assert.equal((await gateway.fetch(post(call), env)).status, 401);
  assert.equal((await gateway.fetch(post(call, "/api/mcp", { authorization: "Bearer k" }), env)).status, 401);
  assert.equal((await gateway.fetch(post(call, "/api/mcp", { authorization: "Bearer k2" }), env)).status, 200);
  assert.equal(one.requests.length, 1);
  assert.equal(one.requests[0].url, "/mcp");
  assert.equal(one.requests[0].headers["x-roost-authorization"], undefined);
});

test("other paths, bodies that are too long and missing settings say what is expected", async (t) => {
  const one = await endpoint(t, {});
  assert.equal((await gateway.fetch(new Request("https://gateway.test/admin"), settings(one))).status, 404);
  assert.equal((await gateway.fetch(new Request("https://gateway.test/api/mcp/a/b"), settings(one))).status, 404);
  assert.equal((await gateway.fetch(post(call), { ...settings(one), MAXIMUM_BODY: "10" })).status, 413);
  assert.equal((await gateway.fetch(new Request("https://gateway.test/ping"), settings(one))).status, 200);
  await assert.rejects(gateway.fetch(post(call), {}), /ENDPOINTS/);
  assert.equal(one.requests.length, 0);
});
