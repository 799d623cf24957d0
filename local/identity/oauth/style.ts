import { createHash } from "node:crypto";
import { raw } from "hono/html";

const style = `
:root{color-scheme:light dark;--ink:#16211f;--soft:#5b6b67;--line:#c9d3d0;--card:#fff;--back:#eef3f1;--deep:#0b6e5f;--bad:#a4262c}
@media(prefers-color-scheme:dark){:root{--ink:#e8efed;--soft:#9fb0ab;--line:#3a4a46;--card:#18211f;--back:#0e1513;--deep:#3fb8a3;--bad:#ff8d86}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:25rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:2rem}
h1{font-size:1.4rem;line-height:1.2;margin:0 0 .5rem}
p{margin:.25rem 0 1rem;color:var(--soft)}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
input{width:100%;font:inherit;color:inherit;background:transparent;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:8px}
small{display:block;color:var(--soft);margin-top:.25rem}
button{width:100%;font:inherit;font-weight:600;margin-top:1.5rem;padding:.7rem;border:0;border-radius:8px;background:var(--deep);color:var(--card);cursor:pointer}
a{color:var(--deep);white-space:nowrap}
nav{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin-top:1.25rem}
code{overflow-wrap:anywhere;user-select:all;color:var(--ink)}
.alert{color:var(--bad);border:1px solid currentColor;border-radius:8px;padding:.6rem .75rem}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
`;

/** The pages' one style sheet, in the page itself. Kept whole: the hash below covers every space in it. */
export const styleElement = raw(`<style>${style}</style>`);

/** What lets exactly this style sheet through the content security policy. */
export const styleHash = createHash("sha256").update(style).digest("base64");
