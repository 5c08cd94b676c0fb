import type { HTMLAttributes } from "vue";
import type { WhoSaidEvents, WhoSaidProps } from "./element.js";

type Capital<Name extends string> = Name extends `whosaid-${infer Rest}` ? `onWhosaid-${Rest}` : never;
type Events = { [Name in keyof WhoSaidEvents as Capital<Name>]?: (event: CustomEvent<WhoSaidEvents[Name]>) => void };

declare module "vue" {
    interface GlobalComponents {
        "who-said": new () => { $props: Omit<HTMLAttributes, keyof WhoSaidProps> & WhoSaidProps & Events };
    }
}
