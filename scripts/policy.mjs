/**
 * @file What the page may do, as its server's headers say it, and as the page says it itself where its server says nothing.
 */

/** Load its own files, compile WebAssembly, and nothing else (https://www.w3.org/TR/CSP3/). */
const DIRECTIVES = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types whosaid",
];

/** The policy in a meta element, which cannot say who may frame the page. */
export const META_POLICY = DIRECTIVES.join("; ");

/** The policy in a header. A worker takes its policy from its own response alone, so every response carries it. */
export const POLICY = [...DIRECTIVES, "frame-ancestors 'none'"].join("; ");

export const HEADERS = new Headers({
    "Content-Security-Policy": POLICY,
    // Isolated from other origins: performance.now counts in steps of 5 µs instead of 100.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
});
