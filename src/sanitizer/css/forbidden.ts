/** Functions that end in an address in ways we cannot check, or run code in browsers of the past. */
const functions = new Set(["src", "expression", "url-prefix", "domain", "regexp"]);
const properties = new Set(["behavior", "-ms-behavior", "-moz-binding"]);
/** Functions whose strings are addresses. */
const urlStringFunctions = new Set(["image-set", "-webkit-image-set", "image"]);
/** What may stand among such strings: nothing that could bring in another string. */
const harmlessAmongUrls =
  /^(?:url|type|calc|min|max|clamp|(?:-webkit-)?(?:repeating-)?(?:linear|radial|conic)-gradient)$/;

/**
 * @param name Lower case, as all names here.
 * @param around The function it stands in. `attr(data-x type(*))` would take any value, an address too, from an attribute.
 */
export function isForbiddenFunction(name: string, around: string | undefined): boolean {
  return functions.has(name) || (name === "type" && around === "attr");
}

export function takesUrlStrings(name: string): boolean {
  return urlStringFunctions.has(name);
}

export function isHarmlessAmongUrls(name: string): boolean {
  return harmlessAmongUrls.test(name);
}

/** @param isStart Whether the name stands where a property does. Elsewhere only old filters are dangerous. */
export function isForbiddenProperty(name: string, isStart: boolean): boolean {
  return isStart ? properties.has(name) : name === "progid";
}

/** Whether a name that begins like this can be forbidden. */
export function mayBeForbiddenProperty(first: number): boolean {
  const letter = first | 0x20;
  return first === 0x2d || letter === 0x62 || letter === 0x70;
}
