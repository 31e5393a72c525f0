import { clobbering } from "./clobbering.ts";
import { css } from "./css.ts";
import { encodings } from "./encodings.ts";
import { foreignContent } from "./foreign-content.ts";
import { handlers } from "./handlers.ts";
import { loading } from "./loading.ts";
import { mutation } from "./mutation.ts";
import { navigation } from "./navigation.ts";
import { rawText } from "./raw-text.ts";
import { script } from "./script.ts";
import { svgAnimation } from "./svg-animation.ts";
import { urls } from "./urls.ts";

const written: Record<string, readonly string[]> = {
  script,
  handlers,
  urls,
  "foreign content": foreignContent,
  "raw text": rawText,
  mutation,
  css,
  "svg animation": svgAnimation,
  navigation,
  loading,
  clobbering,
  encodings,
};

/** Class of attack → attacks, ready to be put somewhere. */
export const corpus: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(written).map(([name, attacks]) => [name, attacks.map(arm)]),
);

/** Code tells the frame's top window which document ran it; the other host is one that the stage watches. */
function arm(attack: string): string {
  return attack.replaceAll("RUN", "top.ran(self)").replaceAll("OUT", "outside.test");
}
