// Bundles src/ into the site's static files. Every file but the manifest has a hash of its content
// in its name, so that a browser may keep it for good; the manifest says what each is called.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const bundles = join(here, "../src/samsyn/site/static/bundles");
const COMPRESSIBLE = new Set([".js", ".css", ".mjs", ".svg", ".json"]);

const shared = {
  absWorkingDir: here,
  outdir: bundles,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  target: ["chrome123", "firefox121", "safari17.5"],
  legalComments: "none",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
};

// MapLibre's worker is a script of its own: it is copied, and importing it gives its address.
const asFile = {
  name: "worker-as-file",
  setup(build) {
    build.onLoad({ filter: /maplibre-gl-worker\.mjs$/ }, async ({ path }) => ({
      contents: await readFile(path),
      loader: "file",
    }));
  },
};

// What is imported dynamically becomes a chunk that a page fetches when it needs it.
const modules = await build({
  ...shared,
  entryPoints: ["src/main.ts", "src/map.ts", "src/work.ts"],
  format: "esm",
  splitting: true,
  plugins: [asFile],
});
const styles = await build({ ...shared, entryPoints: ["src/main.css", "src/map.css", "src/work.css"] });
// This one runs before the page is drawn, so it is no module.
const early = await build({ ...shared, entryPoints: ["src/early.ts"], format: "iife" });

const outputs = [modules, styles, early].flatMap(({ outputFiles }) => outputFiles);
const sha384 = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

const files = {};
await rm(bundles, { recursive: true, force: true });
await mkdir(bundles, { recursive: true });
for (const { path, contents } of outputs) {
  const file = basename(path);
  await writeFile(join(bundles, file), contents);
  const entry = { file, bytes: contents.length, integrity: sha384(contents) };
  if (COMPRESSIBLE.has(extname(file))) {
    const gzip = gzipSync(contents, { level: 9 });
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    await writeFile(join(bundles, `${file}.gz`), gzip);
    await writeFile(join(bundles, `${file}.br`), brotliCompressSync(contents, { params }));
    entry.gzip = gzip.length;
  }
  // A page asks for no chunk by name.
  if (!file.startsWith("chunk-")) files[file.replace(/-[A-Z0-9]{8}(?=\.)/, "")] = entry;
}

// What is passed on goes with its authors' names and terms.
const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
const terms = [];
for (const [path, { version, license, dev }] of Object.entries(lock.packages)) {
  if (path === "" || dev) continue;
  const folder = join(here, path);
  const licences = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)/i.test(name));
  const texts = await Promise.all(licences.map((name) => readFile(join(folder, name), "utf8")));
  const heading = `${path.replace("node_modules/", "")} ${version} (${license})`;
  terms.push([heading, ...texts.map((text) => text.trim())].join("\n\n"));
}
await writeFile(join(bundles, "LICENCES.txt"), `${terms.join("\n\n----\n\n")}\n`);

const names = Object.keys(files).sort();
const sorted = Object.fromEntries(names.map((name) => [name, files[name]]));
await writeFile(join(bundles, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);

for (const name of names) {
  const { bytes, gzip } = files[name];
  const size = gzip ? `${(gzip / 1024).toFixed(1)} KB gzipped` : `${(bytes / 1024).toFixed(1)} KB`;
  console.log(`  ${name.padEnd(46)} ${size}`);
}
