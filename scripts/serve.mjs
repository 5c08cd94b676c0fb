/**
 * @file Serves the built page on this machine, with the headers that it is made for.
 *
 * `node scripts/serve.mjs [--port N]`
 */
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import sirv from "sirv";

import { DIST } from "./page.mjs";
import { HEADERS } from "./policy.mjs";
import { Stop, script } from "./run.mjs";

const FIRST_PORT = 4173;
const PORTS_TRIED = 20;

/**
 * Listens on a port of this machine alone.
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<boolean>} Whether the port was free.
 */
function listen(server, port) {
    return new Promise((resolve, reject) => {
        server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
            if (error.code === "EADDRINUSE") {
                resolve(false);
            } else {
                reject(new Stop(`port ${port} cannot be opened: ${error.message}`));
            }
        });
        server.listen(port, "localhost", () => resolve(true));
    });
}

/**
 * The built page as a server that does not listen yet: each file of dist under the headers that it is made for.
 * @param {(path: string) => string | undefined} [others] Pages of HTML that stand beside it, by path.
 * @param {Headers} [headers] Of every response.
 */
export function createPageServer(others = () => undefined, headers = HEADERS) {
    // `dev` and `etag`: files are read as they are now, and a browser asks each time whether they changed.
    // `brotli`: what the build put beside a file travels in its place.
    const files = sirv(DIST, { dev: true, etag: true, brotli: true });
    return createServer((request, response) => {
        response.setHeaders(headers);
        const other = others(request.url ?? "");
        if (other === undefined) {
            files(request, response);
        } else {
            response.setHeader("Content-Type", "text/html;charset=utf-8").end(other);
        }
    });
}

/**
 * Serves dist until Ctrl-C and prints the address.
 * @param {number} [port] Without it: the first free one from 4173 on.
 */
export async function serve(port) {
    const ports = port === undefined ? Array.from({ length: PORTS_TRIED }, (_, index) => FIRST_PORT + index) : [port];
    for (const candidate of ports) {
        const server = createPageServer();
        if (await listen(server, candidate)) {
            for (const signal of ["SIGINT", "SIGTERM"]) {
                process.once(signal, () => {
                    server.close();
                    server.closeAllConnections();
                });
            }
            const address = server.address();
            const open = typeof address === "object" ? address?.port : candidate;
            console.log(`whosaid is at http://localhost:${open}/ (Ctrl-C ends it)`);
            return;
        }
    }
    throw new Stop(
        port === undefined
            ? `ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken: choose another with --port`
            : `port ${port} is taken: choose another with --port`,
    );
}

/**
 * The port that the command line asks for.
 * @returns {number | undefined}
 */
export function portAsked() {
    let port;
    try {
        ({ port } = parseArgs({ options: { port: { type: "string" } } }).values);
    } catch (error) {
        throw new Stop(`${error instanceof Error ? error.message : error}: the only option is --port N`);
    }
    if (port !== undefined && !(/^\d+$/.test(port) && Number(port) < 65536)) {
        throw new Stop(`--port ${port} is no port: give a number below 65536`);
    }
    return port === undefined ? undefined : Number(port);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    await script(() => serve(portAsked()));
}
