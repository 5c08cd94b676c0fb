/**
 * @file The steps of a check: each is timed, a failing one does not keep the next from running, and a summary ends
 * them.
 */
import { Stop, since } from "./run.mjs";

/** @typedef {{name: string, time: string, failure?: string}} Step */

/** @type {Step[]} */
const steps = [];

/** Tests counted so far, of all the runners. */
const counted = { passed: 0, failed: 0 };

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

/**
 * Adds a runner's line of counts; any other line is passed over.
 * @param {string} line
 */
export function count(line) {
    for (const pattern of COUNTS) {
        const found = pattern.exec(line)?.groups;
        counted.passed += Number(found?.passed ?? 0);
        counted.failed += Number(found?.failed ?? 0);
    }
}

/** How many tests have passed so far. */
export function passed() {
    return counted.passed;
}

/**
 * Runs one step.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function step(name, work) {
    console.log(`\n── ${name}`);
    const start = performance.now();
    let failure;
    try {
        await work();
    } catch (error) {
        if (!(error instanceof Stop)) {
            throw error;
        }
        failure = error.message;
        console.error(`failed: ${failure}`);
    }
    steps.push({ name, time: since(start), failure });
    console.log(`── ${name}: ${since(start)}`);
}

/** Prints what each step took and how it ended; stops when one failed. */
export function summary() {
    const width = Math.max(...steps.map(({ name }) => name.length));
    console.log("\nsummary");
    for (const { name, time, failure } of steps) {
        console.log(`  ${failure === undefined ? "ok    " : "FAILED"}  ${name.padEnd(width)}  ${time.padStart(8)}`);
    }
    const failedSteps = steps.filter(({ failure }) => failure !== undefined).length;
    // A step that fails without a count of its own, such as a lint, is a failure all the same.
    const failed = Math.max(counted.failed, failedSteps);
    if (counted.passed > 0) {
        console.log(`\n${counted.passed} passed, ${failed} failed`);
    }
    if (failed > 0) {
        throw new Stop(`${failedSteps} of ${steps.length} steps failed`);
    }
}
