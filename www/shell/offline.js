/**
 * @file Makes the page work without a network: a service worker keeps its files. A new version waits until the user
 * asks for it.
 */

/**
 * @param {object} given
 * @param {(name: string) => string} given.address The address of a script of this page.
 * @param {(use: () => void) => void} given.ready Called when another version of the page can be used from now on.
 */
export async function keepOffline({ address, ready }) {
    const { serviceWorker } = navigator;
    // Browsers have none at addresses that are not secure, and some none in private windows.
    if (!serviceWorker) {
        return;
    }
    const isFirst = !serviceWorker.controller;
    let isAsked = false;
    serviceWorker.addEventListener("controllerchange", () => {
        if (isAsked) {
            location.reload();
        } else if (!isFirst) {
            // Another tab asked: the files of this page are gone.
            ready(() => location.reload());
        }
    });
    try {
        const registration = await serviceWorker.register(address("service.js"));
        const offer = () => {
            const { waiting } = registration;
            if (waiting && serviceWorker.controller) {
                ready(() => {
                    isAsked = true;
                    waiting.postMessage("take over");
                });
            }
        };
        offer();
        registration.addEventListener("updatefound", () => {
            const { installing } = registration;
            installing?.addEventListener("statechange", () => installing.state === "installed" && offer());
        });
    } catch {
        // Where the browser refuses, the page is fetched each time.
    }
}
