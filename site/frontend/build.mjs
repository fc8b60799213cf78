// Builds what the browser gets into static/dist: plain names, no hashes (Django adds those).
//
// The theme of the design system defines thousands of tokens, of which our pages use some
// hundreds. So there are two passes: bundle everything to see which custom properties are
// used, follow those through the theme, and put only these in the tokens layer.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "..", "static", "dist");
const modules = join(here, "node_modules");
const theme = join(
  modules,
  "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
);
const font = "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2";

const common = {
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: here,
};

/** Custom properties named in var() anywhere in a text. */
function used(css) {
  return new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
}

/** Custom properties that a text declares. */
function declared(css) {
  return new Map([...css.matchAll(/(--[\w-]+)\s*:\s*([^;}]+)/g)].map((m) => [m[1], m[2].trim()]));
}

/** The tokens as a style sheet that does not exist on disk. */
const tokenSheet = (contents) => ({
  name: "tokens",
  setup(builder) {
    builder.onResolve({ filter: /^virtual:tokens$/ }, () => ({ path: "tokens", namespace: "tokens" }));
    builder.onLoad({ filter: /.*/, namespace: "tokens" }, () => ({ contents, loader: "css" }));
  },
});

async function bundleCss(tokens) {
  const result = await build({
    ...common,
    entryPoints: ["css/site.css"],
    external: ["*.woff2"],
    plugins: [tokenSheet(tokens)],
    write: false,
  });
  return result.outputFiles[0].text;
}

async function styles() {
  const without = await bundleCss("");
  const tokens = declared(await readFile(theme, "utf8"));
  const own = declared(without);
  const wanted = new Set();
  const queue = [...used(without)];
  while (queue.length) {
    const name = queue.pop();
    // What our own style sheets declare is ours: the palette above all.
    if (wanted.has(name) || own.has(name) || !tokens.has(name)) continue;
    wanted.add(name);
    queue.push(...used(tokens.get(name)));
  }
  const kept = [...wanted].sort().map((name) => `${name}:${tokens.get(name)};`);
  const css = await bundleCss(`:root{${kept.join("")}}`);
  await writeFile(join(out, "site.css"), css);
  return { tokens: tokens.size, kept: kept.length, bytes: css.length };
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const css = await styles();
await build({
  ...common,
  entryPoints: ["js/site.js"],
  format: "esm",
  outfile: join(out, "site.js"),
});
// Behind announcements that may be closed: not deferred, so small and alone.
await build({
  ...common,
  entryPoints: ["js/banner.js"],
  format: "iife",
  outfile: join(out, "banner.js"),
});
// For Wagtail's admin, after its own scripts.
await build({
  ...common,
  entryPoints: ["js/admin.js"],
  format: "iife",
  outfile: join(out, "admin.js"),
});
await build({ ...common, entryPoints: ["css/admin.css"], outfile: join(out, "admin.css") });
await cp(join(here, "images"), out, { recursive: true });
await cp(join(modules, font), join(out, "source-sans-3.woff2"));
console.log(`site.css ${css.bytes} bytes, ${css.kept} of ${css.tokens} tokens`);
