/**
 * @file Times in words.
 */

/**
 * A time of the day.
 * @param {Date} time
 * @returns {string}
 */
export function clock(time) {
    return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * A time in the log: of the day when it is today, with the date when it is not.
 * @param {string} iso RFC 3339.
 * @returns {string}
 */
export function when(iso) {
    const time = new Date(iso);
    if (Number.isNaN(time.getTime())) {
        return iso;
    }
    const today = time.toDateString() === new Date().toDateString();
    return today ? clock(time) : `${time.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${clock(time)}`;
}
