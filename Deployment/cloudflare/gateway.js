// A gateway for MCP clients in front of RunPod load-balancing endpoints, as a Cloudflare Worker.
//
//   client ── /api/mcp/<name> ──► gateway ──► https://<endpoint>.api.runpod.ai/mcp/<name>
//                                    └──────► the second endpoint, when the first has no worker
//
// RunPod takes Authorization for itself, so the gateway puts its own key there and hands the caller's credential on in
// X-Roost-Authorization. Settings are in wrangler.toml; README.md says what each means.

const PATH = /^\/api\/mcp(?:\/([a-z0-9][a-z0-9-]{0,62}))?$/i;

// Methods that only read: asking twice does what asking once does.
const READING = new Set([
  "initialize", "ping", "server/discover", "tools/list", "prompts/list", "prompts/get", "resources/list",
  "resources/templates/list", "resources/read", "completion/complete", "tasks/get", "tasks/list",
]);

// What RunPod's gateway says when no worker has seen the request.
const NOBODY = /no workers? available|timed out waiting for worker|worker_timeout/i;

export default {
  async fetch(request, env) {
    const settings = read(env);
    const url = new URL(request.url);
    if (url.pathname === "/ping") return text(200, "pong");
    const match = PATH.exec(url.pathname);
    if (!match) return text(404, "MCP servers are at /api/mcp and /api/mcp/<name>");
    const caller = request.headers.get("authorization");
    if (settings.keys.length > 0 && !(await isKnown(caller, settings.keys))) {
      return text(401, "show a key of this gateway: Authorization: Bearer <key>", { "www-authenticate": "Bearer" });
    }
    const length = Number(request.headers.get("content-length") ?? 0);
    if (length > settings.maximumBody) return tooLarge(settings);
    // Kept whole, so that it can be sent again.
    const body = ["GET", "HEAD", "DELETE"].includes(request.method) ? null : await request.arrayBuffer();
    if (body && body.byteLength > settings.maximumBody) return tooLarge(settings);

    const path = match[1] ? `/mcp/${match[1]}` : "/mcp";
    const mayRepeat = request.method === "GET" || (body !== null && onlyReads(body));
    return forward(request, path + url.search, body, mayRepeat, caller, settings);
  },
};

function read(env) {
  const list = (value) => (value ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
  const endpoints = list(env.ENDPOINTS).map((endpoint) =>
    (endpoint.includes("://") ? endpoint : `https://${endpoint}.api.runpod.ai`).replace(/\/+$/, ""));
  if (endpoints.length === 0) throw new Error("ENDPOINTS: expected ids or addresses of RunPod endpoints, found none");
  return {
    endpoints,
    runpodKey: env.RUNPOD_API_KEY ?? "",
    keys: list(env.GATEWAY_KEYS),
    rounds: Number(env.ROUNDS ?? 3),
    pause: Number(env.PAUSE_MS ?? 1000),
    maximumBody: Number(env.MAXIMUM_BODY ?? 30_000_000),
  };
}

// Both sides are hashed first: neither the length nor the place of the first difference shows in the time it takes.
async function isKnown(caller, keys) {
  const digest = async (value) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(value)));
  const shown = await digest((caller ?? "").replace(/^Bearer\s+/i, ""));
  let known = false;
  for (const key of keys) {
    const wanted = await digest(key);
    let difference = 0;
    for (let place = 0; place < wanted.length; place += 1) difference |= wanted[place] ^ shown[place];
    known = known || difference === 0;
  }
  return known;
}

function onlyReads(body) {
  try {
    const message = JSON.parse(new TextDecoder().decode(body));
    return !Array.isArray(message) && READING.has(message.method);
  } catch {
    return false;
  }
}

// Every endpoint in turn, and round again after a pause. A request that may have reached a worker is sent again only when it
// only reads.
async function forward(request, path, body, mayRepeat, caller, settings) {
  const headers = new Headers(request.headers);
  for (const name of ["host", "content-length", "authorization", "cf-connecting-ip", "x-forwarded-for"]) headers.delete(name);
  if (settings.runpodKey) headers.set("authorization", `Bearer ${settings.runpodKey}`);
  // With keys of its own the gateway has settled who calls; without, the host does.
  if (caller && settings.keys.length === 0) headers.set("x-roost-authorization", caller);
  // A session lives where it began: the id names its worker, and only one endpoint has that.
  let last = null;
  for (let round = 0; round < settings.rounds; round += 1) {
    if (round > 0) await pause(settings.pause * 2 ** (round - 1) * (0.5 + Math.random() / 2), last);
    for (const endpoint of settings.endpoints) {
      let answer;
      try {
        answer = await fetch(endpoint + path, { method: request.method, headers, body, redirect: "manual" });
      } catch (error) {
        last = { status: 502, message: `the endpoint could not be reached: ${error.message}`, after: null };
        if (mayRepeat || isUnsent(error)) continue;
        return text(502, `${last.message}; the request may have been worked on and was not sent again`);
      }
      const verdict = await judge(answer, mayRepeat);
      if (!verdict.repeat) return verdict.answer;
      last = verdict;
    }
  }
  return text(last?.status === 429 ? 429 : 503, `no endpoint could answer: ${last?.message ?? "none was asked"}`,
    { "retry-after": String(last?.after ?? 5) });
}

// A connection that was refused carried nothing.
function isUnsent(error) {
  const code = error?.cause?.code ?? "";
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"].includes(code);
}

async function judge(answer, mayRepeat) {
  const after = Number(answer.headers.get("retry-after")) || null;
  // Nobody has worked on these: a draining worker and a full queue refuse before they begin.
  if (answer.status === 503 || answer.status === 429) {
    return { repeat: true, status: answer.status, after, message: (await answer.text()).slice(0, 300) };
  }
  if (answer.status === 400 && !(answer.headers.get("content-type") ?? "").includes("event-stream")) {
    const words = await answer.text();
    if (NOBODY.test(words)) return { repeat: true, status: 503, after, message: words.slice(0, 300) };
    return { repeat: false, answer: new Response(words, { status: 400, headers: answer.headers }) };
  }
  if (mayRepeat && [502, 504, 524].includes(answer.status)) {
    return { repeat: true, status: answer.status, after, message: (await answer.text()).slice(0, 300) };
  }
  // Streams go through as they come.
  return { repeat: false, answer: new Response(answer.body, { status: answer.status, headers: answer.headers }) };
}

function pause(milliseconds, last) {
  const wanted = last?.after ? last.after * 1000 : milliseconds;
  return new Promise((resolve) => setTimeout(resolve, Math.min(wanted, 10_000)));
}

function tooLarge(settings) {
  return text(413, `a request has at most ${settings.maximumBody} bytes`);
}

function text(status, words, headers = {}) {
  return new Response(words + "\n", { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } });
}
