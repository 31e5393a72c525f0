/**
 * Names that hide a property of the document or of a form. Each reports itself when `document` or a form no longer has
 * its own property; the runner looks, because on a page without script nobody else would.
 */
const documentNames = [
  "getElementById",
  "querySelector",
  "body",
  "head",
  "cookie",
  "location",
  "domain",
  "createElement",
  "defaultView",
  "documentElement",
  "forms",
  "implementation",
  "currentScript",
  "write",
  "addEventListener",
  "contains",
  "children",
  "firstChild",
  "nodeType",
  "readyState",
];
const carriers = [
  (name: string): string => `<img name=${name}>`,
  (name: string): string => `<form name=${name}></form>`,
  (name: string): string => `<form id=${name} name=${name}></form>`,
  (name: string): string => `<object id=${name}></object>`,
  (name: string): string => `<embed name=${name}>`,
  (name: string): string => `<iframe name=${name}></iframe>`,
  (name: string): string => `<img id=${name} name=${name}>`,
];
const formNames = [
  "attributes",
  "children",
  "parentNode",
  "nodeName",
  "tagName",
  "removeChild",
  "appendChild",
  "getAttribute",
  "setAttribute",
  "removeAttribute",
  "submit",
  "textContent",
  "innerHTML",
  "firstChild",
  "nextSibling",
  "childNodes",
  "ownerDocument",
  "remove",
  "namespaceURI",
  "insertBefore",
];
const inputs = [
  (name: string): string => `<form><input name=${name}></form>`,
  (name: string): string => `<form><input id=${name}></form>`,
  (name: string): string => `<form id=cf></form><button form=cf name=${name}>x</button>`,
  (name: string): string => `<form><fieldset name=${name}></fieldset></form>`,
  (name: string): string => `<form><select id=${name}></select></form>`,
  (name: string): string => `<form><output name=${name}></output></form>`,
];

export const clobbering: readonly string[] = [
  ...documentNames.flatMap((name, index) =>
    [0, 3].map((step) => carriers[(index + step) % carriers.length]?.(name) ?? ""),
  ),
  ...formNames.flatMap((name, index) => [0, 2].map((step) => inputs[(index + step) % inputs.length]?.(name) ?? "")),
];
