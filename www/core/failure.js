/**
 * @file The errors of the core's doors.
 */

/**
 * An error with the name and the code that programs tell it by.
 * @param {string} name
 * @param {string} message
 */
export function failure(name, message) {
    return Object.assign(new Error(message), { name, code: `WHOSAID_${name.replace(/Error$/, "").toUpperCase()}` });
}
