// Builds static/build/ from static/ and the installed packages: the one stylesheet, the one
// script, the players of learning packages, and of the images only those that the stylesheet names. Run: node static/build.mjs

import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build as bundle } from "esbuild";
import { compile } from "sass";

const STATIC = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(STATIC);
const OUT = join(STATIC, "build");
const PACKAGES = join(ROOT, "node_modules");
const IMAGE_SOURCES = [
  join(STATIC, "images"),
  join(PACKAGES, "@ministryofjustice/frontend/moj/assets/images"),
];

function styles() {
  const { css } = compile(join(STATIC, "styles/main.scss"), {
    loadPaths: [ROOT, PACKAGES],
    // MOJ's own use of what GOV.UK has deprecated is not ours to mend.
    logger: { warn: (message) => message.includes("govuk-suppressed-warnings") || console.warn(message) },
    quietDeps: true,
    style: "compressed",
  });
  writeFileSync(join(OUT, "council-social.css"), css);
  return css;
}

async function script() {
  await bundle({
    bundle: true,
    entryPoints: [join(STATIC, "scripts/main.js")],
    format: "esm",
    legalComments: "eof",
    minify: true,
    outfile: join(OUT, "council-social.js"),
    target: "es2020",
  });
}

// What runs on the packages' own host, beside what others made.
async function players() {
  await bundle({
    bundle: true,
    entryPoints: ["player-12.js", "player-2004.js", "player.css"].map((name) => join(STATIC, "packages", name)),
    format: "iife",
    legalComments: "eof",
    minify: true,
    outdir: join(OUT, "packages"),
    target: "es2020",
  });
}

function images(css) {
  mkdirSync(join(OUT, "images"));
  const named = [...css.matchAll(/url\(["']?\/assets\/images\/([^"')]+)/g)].map((match) => match[1]);
  for (const name of new Set([...named, ...readdirSync(IMAGE_SOURCES[0])])) {
    const folder = IMAGE_SOURCES.find((source) => existsSync(join(source, name)));
    if (!folder) throw new Error(`The stylesheet names images/${name}, which is nowhere.`);
    copyFileSync(join(folder, name), join(OUT, "images", name));
  }
  if (/url\(["']?\/assets\/fonts\//.test(css)) throw new Error("The stylesheet names a font.");
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);
const css = styles();
images(css);
await script();
await players();
