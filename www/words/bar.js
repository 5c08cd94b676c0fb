/**
 * @file The words of the bar and its menus.
 */

export const bar = {
    home: "whosaid: all articles",
    more: "More",
    undo: "Undo",
    redo: "Redo",
    export: "Export",
    exports: {
        sources: "Source list…",
        file: "Article and corrections (JSON)",
        print: "Print…",
    },
    menu: {
        home: "New article",
        search: "Search this article",
        names: "Names and places",
        rest: "Accept the rest…",
        export: "Export…",
        help: "Help",
    },
};
