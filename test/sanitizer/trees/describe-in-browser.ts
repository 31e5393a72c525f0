/**
 * Source of a function for the browser: HTML → the tree that it reads, as `describeTree` prints it. The document it
 * makes runs no script, so markup that differs with scripting would show.
 */
export const describeInBrowser = `(html) => {
  const namespaces = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
  };
  const describe = (node, indent) => {
    if (node.nodeType === 10) return "";
    if (node.nodeType === 3) return indent + JSON.stringify(node.data) + "\\n";
    if (node.nodeType !== 1) return indent + "#" + node.nodeType + "\\n";
    const space = namespaces[node.namespaceURI] ?? "none";
    const attributes = [...node.attributes].map(({ name, value }) => " " + name + "=" + JSON.stringify(value)).join("");
    const children = [...node.childNodes].map((child) => describe(child, indent + " ")).join("");
    return indent + "<" + (space === "html" ? "" : space + " ") + node.localName + attributes + ">\\n" + children;
  };
  const document = new DOMParser().parseFromString(html, "text/html");
  const mode = document.compatMode === "CSS1Compat" ? "" : "quirks\\n";
  return mode + [...document.childNodes].map((node) => describe(node, "")).join("");
}`;
