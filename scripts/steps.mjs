/**
 * @file The steps of a check: each is timed, a failing one does not keep the next from running, and a summary ends
 * them.
 */
import { Stop, held, say, since } from "./run.mjs";

/** @typedef {{name: string, time: string, failure?: string, passed: number, failed: number, reasons: string[]}} Step */

/** @type {Step[]} */
const steps = [];

/**
 * How the runners say what they counted: cargo test and wasm-bindgen's runner in one line, node --test and Playwright
 * in one line each for what passed and what failed.
 */
const COUNTS = [
    /^test result: .*? (?<passed>\d+) passed; (?<failed>\d+) failed/,
    /^ℹ pass (?<passed>\d+)$/,
    /^ℹ fail (?<failed>\d+)$/,
    /^\s+(?<passed>\d+) passed \(/,
    /^\s+(?<failed>\d+) failed$/,
];

/** @typedef {{passed: number, failed: number}} Counts Tests, as the runners count them. */

/**
 * Adds a runner's line of counts; any other line is passed over.
 * @param {Counts} counts
 * @param {string} line
 */
function add(counts, line) {
    for (const pattern of COUNTS) {
        const found = pattern.exec(line)?.groups;
        counts.passed += Number(found?.passed ?? 0);
        counts.failed += Number(found?.failed ?? 0);
    }
}

/** Where a runner begins to say what failed and why: Playwright, cargo test and wasm-bindgen's runner, node --test. */
const REASONS = /^\s+1\) |^failures:$|^✖ failing tests:/;

/** How many lines and characters of it the summary repeats. */
const REPEATED = { lines: 60, characters: 300 };

/**
 * Keeps what a runner says of its failures: who sees the end of the output alone is to know them.
 * @param {string[]} reasons
 * @param {string} line
 */
function keep(reasons, line) {
    if ((reasons.length > 0 || REASONS.test(line)) && reasons.length < REPEATED.lines) {
        reasons.push(line.slice(0, REPEATED.characters));
    }
}

/**
 * Runs one step.
 * @param {string} name
 * @param {(count: (line: string) => void) => Promise<void>} work Gives `count` each line of a test runner.
 * @returns {Promise<Step>}
 */
export async function step(name, work) {
    say(`\n── ${name}`);
    const start = performance.now();
    const counts = { passed: 0, failed: 0 };
    /** @type {string[]} */
    const reasons = [];
    let failure;
    try {
        await work((line) => {
            add(counts, line);
            keep(reasons, line);
        });
    } catch (error) {
        if (!(error instanceof Stop)) {
            throw error;
        }
        failure = error.message;
        say(`failed: ${failure}`);
    }
    const done = { name, time: since(start), failure, reasons, ...counts };
    steps.push(done);
    say(`── ${name}: ${done.time}`);
    return done;
}

/**
 * Does several things at once. What the first one prints is seen as it comes, what the others print once they have ended.
 * @param {(() => Promise<unknown>)[]} lanes
 */
export async function atOnce(...lanes) {
    const ends = await Promise.allSettled(
        lanes.map(async (lane, index) => {
            if (index === 0) {
                return await lane();
            }
            let printed = "";
            try {
                return await held.run((text) => (printed += text), lane);
            } finally {
                process.stdout.write(printed);
            }
        }),
    );
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) {
        throw failed.reason;
    }
}

/** Prints why steps failed, what each took and how it ended; stops when one failed. */
export function summary() {
    for (const { name, reasons } of steps.filter((each) => each.reasons.length > 0)) {
        console.log(`\n── ${name}, what failed\n${reasons.join("\n")}`);
    }
    const width = Math.max(...steps.map(({ name }) => name.length));
    console.log("\nsummary");
    for (const { name, time, failure } of steps) {
        console.log(`  ${failure === undefined ? "ok    " : "FAILED"}  ${name.padEnd(width)}  ${time.padStart(8)}`);
    }
    const failedSteps = steps.filter(({ failure }) => failure !== undefined).length;
    const sum = (/** @type {"passed" | "failed"} */ what) => steps.reduce((all, each) => all + each[what], 0);
    // A step that fails without a count of its own, such as a lint, is a failure all the same.
    const failed = Math.max(sum("failed"), failedSteps);
    if (sum("passed") > 0) {
        console.log(`\n${sum("passed")} passed, ${failed} failed`);
    }
    if (failed > 0) {
        throw new Stop(`${failedSteps} of ${steps.length} steps failed`);
    }
}
