/**
 * Colours that things keep in whatever palette: green bread sells nothing. In `rgb()`, which a wish for another colour of
 * the page does not turn: "change yellow to blue" is not about the butter.
 */
export const crust = "rgb(196,131,63)";
export const golden = "rgb(220,165,86)";
export const rye = "rgb(138,90,51)";
export const crumb = "rgb(243,220,171)";
export const grain = "rgb(214,174,85)";
export const coffee = "rgb(67,40,26)";
export const roast = "rgb(111,69,38)";
export const crema = "rgb(178,123,70)";
export const tea = "rgb(198,138,78)";
export const milk = "rgb(253,243,224)";
export const butter = "rgb(246,217,120)";
export const lemon = "rgb(242,205,75)";
export const tomato = "rgb(204,74,51)";
export const plum = "rgb(122,44,77)";
export const wine = "rgb(139,36,64)";
export const herb = "rgb(92,135,70)";
export const fishSkin = "rgb(139,165,180)";
export const flameOuter = "rgb(239,138,52)";
export const flameInner = "rgb(251,214,103)";
export const wood = "rgb(124,82,51)";
