/**
 * @file `npm start`: sets up, builds and serves. Its first imports need Node alone: a fresh clone has nothing else.
 */
import { build } from "./page.mjs";
import { script } from "./run.mjs";
import { setUp } from "./setup.mjs";

await script(async () => {
    await build(await setUp());
    const { serve, portAsked } = await import("./serve.mjs");
    await serve(portAsked());
});
