import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { WhoSaid, WhoSaidEvents, WhoSaidProps } from "./element.js";

type Events = { [Name in keyof WhoSaidEvents as `on${Name}`]?: (event: CustomEvent<WhoSaidEvents[Name]>) => void };

declare module "react" {
    namespace JSX {
        interface IntrinsicElements {
            "who-said": Omit<DetailedHTMLProps<HTMLAttributes<WhoSaid>, WhoSaid>, keyof WhoSaidProps> & WhoSaidProps & Events;
        }
    }
}
