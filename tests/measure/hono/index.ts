// The service of worker/src in TypeScript with Hono, as far as it is compared: manifest, ingest, overview. What it leaves out is
// listed in docs/BENCHMARKS.md.

import { Hono } from "hono";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import * as more from "./all";
import { LIMITS, day } from "./model";
import type { Config, Env } from "./model";
import { manifest } from "./manifest";
import { overview } from "./overview";
import { Refused, accept } from "./validate";
import type { Problem } from "./validate";

export { Site } from "./site";

type Ctx = Context<{ Bindings: Env }>;

const SITE = /^[a-z0-9-]{3,32}$/;
const HARD = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};
const PUBLIC = {
  ...HARD,
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "timing-allow-origin": "*",
};
const OWN = { ...HARD, "cross-origin-resource-policy": "same-origin", "cache-control": "no-store" };
const PAGE = { ...OWN, "content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'" };
const CACHE = "public, max-age=60, stale-while-revalidate=3600";

// Configurations as the edge knows them, for some seconds: the same for every request.
const FRESH = 3_000;
const MOST = 64;
const known = new Map<string, { config: Config | null; until: number }>();

async function configOf(env: Env, site: string): Promise<Config | null> {
  const memory = known.get(site);
  if (memory && memory.until > Date.now()) return memory.config;
  let config: Config | null = null;
  try {
    config = await env.KV.get(`c/${site}`, { type: "json", cacheTtl: 30 });
  } catch {
    // The object knows.
  }
  return remember(site, config ?? (await env.SITE.getByName(site).config()));
}

function remember(site: string, config: Config | null): Config | null {
  const before = known.get(site)?.config;
  const newest = before && config && before.revision > config.revision ? before : config;
  if (!known.has(site) && known.size >= MOST) known.delete(known.keys().next().value as string);
  known.set(site, { config: newest, until: Date.now() + FRESH });
  return newest;
}

function problem(c: Ctx, status: 401 | 404 | 413 | 415 | 422 | 429, problems: Problem[]): Response {
  const headers: Record<string, string> = { ...PUBLIC, "content-type": "application/problem+json", "cache-control": "no-store" };
  if (status === 429) headers["retry-after"] = "60";
  return c.body(JSON.stringify({ status, code: problems[0]?.code, problems }), status, headers);
}

const app = new Hono<{ Bindings: Env }>();

app.get("/m/:site", async (c) => {
  const site = c.req.param("site");
  const config = SITE.test(site) ? await configOf(c.env, site) : null;
  if (!config) return problem(c, 404, [{ field: "", code: "not_found" }]);
  const { text, etag } = await manifest(config, new URL(c.req.url).origin);
  const headers = { ...PUBLIC, "cache-control": CACHE, etag };
  const asked = c.req.header("if-none-match");
  if (asked?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag.slice(2))) return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, "content-type": "application/json" });
});

app.options("/e/:site", (c) =>
  c.body(null, 204, {
    ...PUBLIC, "access-control-allow-methods": "POST", "access-control-allow-headers": "content-type", "access-control-max-age": "86400",
  }),
);

app.post("/e/:site", async (c) => {
  if (more.all) more.count("requests");
  const site = c.req.param("site");
  const config = SITE.test(site) ? await configOf(c.env, site) : null;
  if (!config) return problem(c, 404, [{ field: "", code: "not_found" }]);
  const address = c.req.header("cf-connecting-ip") ?? "";
  const [visitor, all] = await Promise.all([
    c.env.RATE_VISITOR.limit({ key: `${site}/${address}` }),
    c.env.RATE_SITE.limit({ key: site }),
  ]);
  if (!visitor.success || !all.success) return problem(c, 429, [{ field: "", code: "busy" }]);
  const refused = (status: 404 | 413 | 415 | 422, problems: Problem[]) => {
    c.executionCtx.waitUntil(c.env.SITE.getByName(site).refused(problems[0]?.code ?? "other"));
    return problem(c, status, problems);
  };
  const type = (c.req.header("content-type") ?? "text/plain").split(";")[0].trim().toLowerCase();
  const encoding = c.req.header("content-encoding");
  if ((type !== "text/plain" && type !== "application/json" && type !== "") || (encoding && encoding !== "identity")) {
    return refused(415, [{ field: "", code: "media" }]);
  }
  const origin = c.req.header("origin");
  if (origin && origin !== new URL(c.req.url).origin && !config.origins.includes(origin)) {
    return refused(404, [{ field: "", code: "not_found" }]);
  }
  const text = await bounded(c.req.raw);
  if (text === null) return refused(413, [{ field: "", code: "too_large", max: LIMITS.body }]);
  try {
    const delivery = accept(config, text, {
      address, agent: c.req.header("user-agent") ?? "", now: Date.now(),
      country: String((c.req.raw as { cf?: { country?: string } }).cf?.country ?? ""),
    });
    const receipt = await c.env.SITE.getByName(site).ingest(more.all ? more.handOver(delivery) : delivery);
    if (!receipt) return c.body(null, 204, { ...PUBLIC, "cache-control": "no-store" });
    return c.body(JSON.stringify(receipt), 200, { ...PUBLIC, "cache-control": "no-store", "content-type": "application/json" });
  } catch (error) {
    if (error instanceof Refused) return refused(422, error.problems);
    throw error;
  }
});

// The body as text, and never more of it than allowed.
async function bounded(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > LIMITS.body) return null;
  if (!request.body) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > LIMITS.body) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const SESSIONS = "@owner";

async function isOwner(c: Ctx): Promise<boolean> {
  const bearer = c.req.header("authorization")?.replace(/^Bearer /, "");
  if (bearer) return (await sha256(bearer)) === c.env.OWNER_KEY_SHA256;
  const token = getCookie(c, "__Host-session");
  return token !== undefined && (await c.env.SITE.getByName(SESSIONS).session(await sha256(token)));
}

app.post("/dashboard/sign-in", async (c) => {
  const { key } = await c.req.parseBody();
  if ((await sha256(String(key))) !== c.env.OWNER_KEY_SHA256) return problem(c, 401, [{ field: "key", code: "wrong" }]);
  const token = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await c.env.SITE.getByName(SESSIONS).signIn(await sha256(token));
  return c.body(null, 303, {
    ...OWN, location: "/dashboard", "set-cookie": `__Host-session=${token}; Path=/; Secure; HttpOnly; SameSite=Strict`,
  });
});

app.get("/dashboard/s/:site", async (c) => {
  const site = c.req.param("site");
  if (!SITE.test(site) || !(await isOwner(c))) return c.body(null, 303, { ...OWN, location: "/dashboard/sign-in" });
  const days = c.req.query("days") === "90" ? 90 : 28;
  const to = day(Date.now());
  const from = to - days + 1;
  const report = await c.env.SITE.getByName(site).report(from, to);
  if (!report.config) return c.body("There is no such site.", 404, OWN);
  const page = await overview(report.config, report, from, to, new URL(c.req.url).origin);
  return c.body(page.toString(), 200, { ...PAGE, "content-type": "text/html; charset=utf-8" });
});

app.put("/api/v1/sites/:site", async (c) => {
  const site = c.req.param("site");
  if (!(await isOwner(c)) || !SITE.test(site)) return problem(c, 404, [{ field: "", code: "not_found" }]);
  const revision = await c.env.SITE.getByName(site).configure({ ...(await c.req.json()), id: site });
  known.delete(site);
  return c.json({ revision }, 200, OWN);
});

app.get("/api/v1/sites/:site/status", async (c) => {
  const site = c.req.param("site");
  if (!(await isOwner(c)) || !SITE.test(site)) return problem(c, 404, [{ field: "", code: "not_found" }]);
  return c.json(await c.env.SITE.getByName(site).status(), 200, OWN);
});

export default app;
