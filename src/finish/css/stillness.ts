/** Stills everything that moves, for those who asked for it: WCAG 2.2, success criterion 2.3.3. */
export const stillness =
  "@media (prefers-reduced-motion:reduce){*,::before,::after{animation-duration:.01ms!important;animation-delay:0s!important;animation-iteration-count:1!important;transition-duration:.01ms!important;scroll-behavior:auto!important}}";

const moves = /(?:^|[;{\s-])(?:animation(?:-name)?|transition(?:-duration)?|scroll-behavior)\s*:/;

export function hasMotion(css: string): boolean {
  return moves.test(css);
}
