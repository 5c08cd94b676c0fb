/**
 * @file A line at the foot of a terminal that says how far a run is: src/bin/whosaid/bar.rs for Node.
 */

/** How long a line stands before it is drawn anew, in milliseconds. */
const OFTEN = 100;

/** The line, drawn on standard error where that is a terminal. */
export class Bar {
    /** How many bytes of the input files are read. */
    read = 0;
    #all;
    #isShown;
    #done = 0;
    /** @type {{time: number, read: number} | undefined} */
    #first;
    #drawn = -Infinity;
    #width = 0;

    /**
     * @param {number | undefined} all How many bytes all files have; nothing where one is no file on a disk.
     * @param {boolean} isThere Whether the output goes to the terminal too.
     */
    constructor(all, isThere) {
        this.#all = all;
        this.#isShown = process.stderr.isTTY === true && !isThere;
    }

    /** One more article is done. */
    step() {
        if (!this.#isShown) {
            return;
        }
        this.#done += 1;
        const now = performance.now();
        const { time, read } = (this.#first ??= { time: now, read: this.read });
        if (now - this.#drawn >= OFTEN) {
            this.#drawn = now;
            const share = this.#all === undefined || this.#all <= read ? undefined : (this.read - read) / (this.#all - read);
            this.#draw(words(this.#done, (now - time) / 1000, share));
        }
    }

    /** Takes the line away, for what is to be said. */
    clear() {
        this.#draw("");
        if (this.#width > 0) {
            this.#width = 0;
            process.stderr.write("\r");
        }
    }

    /** @param {string} line */
    #draw(line) {
        if (this.#width > 0 || line !== "") {
            process.stderr.write(`\r${line.padEnd(this.#width)}`);
            this.#width = Math.max(this.#width, line.length);
        }
    }
}

/**
 * How many articles are done after so many seconds, and how long the others take when this share of the bytes is read.
 * @param {number} done
 * @param {number} seconds
 * @param {number | undefined} share
 */
function words(done, seconds, share) {
    const count = `${done} article${done === 1 ? "" : "s"}`;
    if (seconds < 1) {
        return count;
    }
    const left = share === undefined || share <= 0 ? "" : `, ${long(seconds / Math.min(share, 1) - seconds)} left`;
    return `${count}, ${(done / seconds).toFixed(1)}/s${left}`;
}

/**
 * A time as one says it.
 * @param {number} time In seconds.
 */
function long(time) {
    const all = Math.round(time);
    const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    if (hours > 0) {
        return `${hours} h ${minutes} min`;
    }
    return minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}
